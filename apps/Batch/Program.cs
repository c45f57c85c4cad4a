using Podcast.Batch.Cli;

return await CommandLine.Run(args, CliContext.OfProcess());
