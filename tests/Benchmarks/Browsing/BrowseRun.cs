using Npgsql;
using Podcast.Benchmarks.Pipeline;

namespace Podcast.Benchmarks.Browsing;

/// <summary>One run: fill the tables, ask for each page many times, then keep pages open while new episodes come in.</summary>
internal static class BrowseRun
{
    public static async Task<int> Execute(BrowseOptions options, CancellationToken cancellationToken)
    {
        Console.WriteLine("Starting PostgreSQL, RabbitMQ, the stub, the services and the console ...");
        await using var stage = await Stage.Start(withConsole: true);
        await using var postgres = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(stage.Database) { Pooling = false }.ConnectionString);
        await postgres.OpenAsync(cancellationToken);
        await ManyEpisodes.Add(postgres, options.Episodes, cancellationToken);
        Console.WriteLine($"{options.Episodes} episodes are in the tables.");

        await Pages.Measure(stage.Console!, options.Requests, cancellationToken);
        if (options.Viewers > 0)
            await Viewers.Measure(stage, options, cancellationToken);
        return 0;
    }
}
