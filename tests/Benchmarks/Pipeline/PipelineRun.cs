using System.Diagnostics;
using Npgsql;
using Podcast.Testing;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>One run: start, warm up, measure at full load, at a pace and at rest, check the results, report.</summary>
internal static class PipelineRun
{
    private const int MessagesPerEpisode = 16;

    private static readonly string[] foreign = ["stub"];

    /// <summary>How long after the last episode code is still being compiled and the inbox cleaned.</summary>
    private static readonly TimeSpan RestBegins = TimeSpan.FromSeconds(20);

    /// <returns>The exit code: 1 if an episode is not processed with its own transcript.</returns>
    public static async Task<int> Execute(PipelineOptions options, CancellationToken cancellationToken)
    {
        Console.WriteLine("Starting PostgreSQL, RabbitMQ, the stub and the services ...");
        await using var stage = await Stage.Start();
        await using var postgres = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(stage.Database) { Pooling = false }.ConnectionString);
        await postgres.OpenAsync(cancellationToken);
        await Counters.Number(postgres, "SELECT 1 FROM (SELECT 1) one");
        await using var driver = await Driver.Start(stage);
        var (figures, copies) = (new Figures(), 0);

        var first = Math.Min(options.WarmUp, 500);
        await Phase("cold", first, () => driver.Run(first, options.Concurrency, cancellationToken));
        if (options.WarmUp > first)
            await Phase("warming up", options.WarmUp - first, () => driver.Run(options.WarmUp - first, options.Concurrency, cancellationToken));
        if (options.Finished > 0)
            await FinishedEpisodes.Add(postgres, copies = options.Finished, driver.Made, cancellationToken);
        await Counters.Vacuum(postgres);
        var warm = await Phase("warm", options.Episodes, () => driver.Run(options.Episodes, options.Concurrency, cancellationToken));
        figures.AddLoad(warm);
        await PrintStatements(options.Episodes);
        if (options.Pace > 0 && options.PacedSeconds > 0)
        {
            var episodes = options.Pace * options.PacedSeconds;
            figures.AddPaced(await Phase($"paced {options.Pace}/s", episodes, () => driver.RunPaced(options.Pace, options.PacedSeconds, cancellationToken)));
            await PrintStatements(episodes);
        }

        if (options.IdleSeconds > 0)
        {
            await Task.Delay(RestBegins, cancellationToken);
            figures.AddIdle(await Phase("idle", 1, async () => { await Task.Delay(TimeSpan.FromSeconds(options.IdleSeconds), cancellationToken); return []; }));
        }

        foreach (var process in stage.Processes.Keys.Where(name => name is not ("postgres" or "rabbitmq" or "stub")))
        {
            figures[$"peak MB {process}"] = CpuTime.PeakMegabytes(stage.Processes[process]);
            figures[$"  own MB {process} at the end"] = CpuTime.OwnMegabytes(stage.Processes[process]);
        }

        var good = await Counters.Number(postgres, """
            SELECT count(*) FROM ingest.episodes e JOIN ingest.transcripts t ON t.episode_id = e.id
            WHERE e.status = 'processed' AND t.text LIKE '%This is ' || e.title || '.%'
            """);
        Console.WriteLine($"{good - copies} of {driver.Made} episodes are processed with their own transcripts.");
        var (loaded, paced) = await BareMessage.Cost(stage, MessagesPerEpisode * options.Pace, cancellationToken);
        figures["unit: bare publish + consume, CPU ms"] = loaded;
        figures["CPU in units"] = figures["CPU ms / episode"] / loaded;
        if (paced is not null)
        {
            figures["paced: unit, CPU ms"] = paced.Value;
            figures["paced: CPU in units"] = figures["paced: CPU ms / episode"] / paced.Value;
        }

        figures.Print(Console.Out, options.Against is null ? null : Figures.Read(options.Against));
        if (options.Json is not null)
            figures.Write(options.Json);
        return good - copies == driver.Made ? 0 : 1;

        async Task PrintStatements(int episodes)
        {
            foreach (var (calls, milliseconds, wal, query) in options.Statements > 0 ? await Counters.Top(postgres, options.Statements) : [])
                Console.WriteLine($"  {calls / episodes,7:F2}  {milliseconds / episodes,7:F3} ms  {wal / episodes / 1000,6:F2} kB  {query[..Math.Min(query.Length, 150)]}");
        }

        async Task<Measurement> Phase(string name, int episodes, Func<Task<double[]>> run)
        {
            await Counters.Number(postgres, "SELECT count(*) FROM pg_stat_statements_reset()");
            var (before, cpu) = (await Counters.Read(postgres, stage.Management), CpuTime.Of(stage.Processes));
            var time = Stopwatch.StartNew();
            var latencies = await run();
            var seconds = time.Elapsed.TotalSeconds;
            await Settled(postgres, copies + driver.Made);
            var cpuAfter = CpuTime.Of(stage.Processes);
            await Task.Delay(TimeSpan.FromSeconds(6), cancellationToken); // the broker publishes its counters every five seconds
            var after = await Counters.Read(postgres, stage.Management);
            var measurement = new Measurement(
                episodes, seconds, latencies, before, after, cpuAfter.Where(one => !foreign.Contains(one.Key)).ToDictionary(one => one.Key, one => one.Value - cpu[one.Key]));
            if (latencies.Length > 0)
                Console.WriteLine($"{name}: {episodes} episodes in {seconds:F1} s, {episodes / seconds:F1}/s, {measurement.CpuPerEpisode:F1} CPU ms each");
            return measurement;
        }
    }

    /// <summary>Waits until the read model has all episodes.</summary>
    private static Task Settled(NpgsqlConnection postgres, int made) => Eventually.Holds(
        async () => await Counters.Number(postgres, "SELECT count(*) FROM ingest.episodes WHERE status = 'processed'") >= made,
        "all episodes are processed in the read model", TimeSpan.FromMinutes(2));
}
