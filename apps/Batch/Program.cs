using Podcast.Batch.Cli;

return await CommandLine.Run(args, Surroundings.OfProcess());
