return await CommandLine.Run(args, CliContext.OfProcess());
