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
        var secrets = new PlantedSecrets();
        var scanner = new Scanner(secrets);
        var site = await servers.Prepare(secrets);
        await using var telemetry = await OtlpReceiver.Start((signal, body) => scanner.Bytes($"telemetry ({signal})", body));
        await using var fleet = new Fleet(site, new Uri(telemetry.Address), place.Data, place.Logs, settings);
        await fleet.Start();

        using var clients = new FaultRunFixture(settings, site, fleet, scanner);
        await clients.Recorder.Subscribe(cancellationToken);
        var faultInjector = new FaultInjector(fleet, servers, trouble is null ? FaultPlan.Make(settings, [.. fleet.Services.Select(member => member.Name)]) : []);
        using (var show = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            var listening = clients.Recorder.Work(show.Token);
            var watcher = new Watcher(settings, site, clients, progress);
            var watching = watcher.Work(show.Token);
            await clients.Perform(trouble is null ? faultInjector.Work(cancellationToken) : trouble(fleet), cancellationToken);
            await fleet.Calm();
            await clients.Calm(cancellationToken);
            await clients.FinishOrders(settings.Settle, cancellationToken);
            await watcher.Settled(settings.Settle, cancellationToken);
            await clients.Callers.Read(cancellationToken);
            await show.CancelAsync();
            await Task.WhenAll(listening, watching);
        }

        var collection = new Collection(settings, site, fleet, clients, faultInjector, scanner, place);
        var evidence = await collection.Gather();
        var verdicts = Checker.Check(evidence);
        place.Keep(verdicts.Any(verdict => !verdict.Holds));
        return new Report(settings, evidence, verdicts, faultInjector, fleet, clients, collection.ProviderFaults, scanner, watch.Elapsed, place.Kept);
    }
}
