using System.Diagnostics;
using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Invariants;
using Podcast.FaultRunner.Planning;
using Podcast.FaultRunner.Reporting;
using Podcast.FaultRunner.Secrets;
using Podcast.FaultRunner.Staging;
using Podcast.Testing;

namespace Podcast.FaultRunner.Runs;

/// <summary>One run: starts the services, injects faults, waits for the work to end, and checks the invariants.</summary>
/// <param name="trouble">The faults to inject; null: a plan made from the seed.</param>
internal sealed class FaultRun(RunSettings settings, Servers servers, TextWriter progress, Func<Fleet, Task>? trouble = null)
{
    /// <summary>Runs on its own servers and writes the report.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Execute(RunSettings settings, TextWriter output, TextWriter progress, CancellationToken cancellationToken)
    {
        await using var servers = await Servers.Start();
        var report = await new FaultRun(settings, servers, progress).Run(cancellationToken);
        await output.WriteAsync(report.ToString());
        return report.Holds ? ExitCodes.Ok : ExitCodes.Failed;
    }

    public async Task<Report> Run(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var place = new RunDirectory(settings.Logs);
        var canaries = new PlantedSecrets();
        var scanner = new Scanner(canaries);
        var site = await servers.Prepare(canaries);
        await using var telemetry = await OtlpReceiver.Start((signal, body) => scanner.Bytes($"telemetry ({signal})", body));
        await using var fleet = new Fleet(site, new Uri(telemetry.Address), place.Data, place.Logs, settings);
        await fleet.Start();

        using var cast = new FaultRunFixture(settings, site, fleet, scanner);
        await cast.Recorder.Subscribe(cancellationToken);
        var saboteur = new FaultInjector(fleet, servers, trouble is null ? FaultPlan.Make(settings, [.. fleet.Services.Select(member => member.Name)]) : []);
        using (var show = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            var listening = cast.Recorder.Work(show.Token);
            var watcher = new Watcher(settings, site, cast, progress);
            var watching = watcher.Work(show.Token);
            await cast.Perform(trouble is null ? saboteur.Work(cancellationToken) : trouble(fleet), cancellationToken);
            await fleet.Calm();
            await cast.Calm(cancellationToken);
            await cast.FinishOrders(settings.Settle, cancellationToken);
            await watcher.Settled(settings.Settle, cancellationToken);
            await cast.Crowd.Read(cancellationToken);
            await show.CancelAsync();
            await Task.WhenAll(listening, watching);
        }

        var collection = new Collection(settings, site, fleet, cast, saboteur, scanner, place);
        var evidence = await collection.Gather();
        var verdicts = Checker.Check(evidence);
        place.Keep(verdicts.Any(verdict => !verdict.Holds));
        return new Report(settings, evidence, verdicts, saboteur, fleet, cast, collection.ProviderFaults, scanner, watch.Elapsed, place.Kept);
    }
}
