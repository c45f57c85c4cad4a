using Podcast.Benchmarks;

return await Commands.Run(args);
