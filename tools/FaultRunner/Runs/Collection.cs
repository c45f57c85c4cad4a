using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Planning;
using Podcast.FaultRunner.Secrets;
using Podcast.FaultRunner.Staging;
using Podcast.Testing;

namespace Podcast.FaultRunner.Runs;

/// <summary>
/// Gathers the evidence of a finished run. First it ends the services in an orderly way, so that nothing changes any more.
/// </summary>
internal sealed class Collection(
    RunSettings settings, Site site, Fleet fleet, FaultRunFixture clients, FaultInjector faultInjector, Scanner scanner, RunDirectory place)
{
    /// <summary>The numbers of requests to the provider by injected fault.</summary>
    public IReadOnlyDictionary<string, long> ProviderFaults { get; private set; } = new Dictionary<string, long>();

    public async Task<RunEvidence> Gather()
    {
        var ends = await End();
        var database = new DatabaseFacts(site.Database, settings.IsPublishing);
        var broker = new BrokerFacts(site);
        var provider = new ProviderFacts(Path.Combine(place.Data, "ittybit"));
        ProviderFaults = provider.Faults();

        var errors = await broker.Errors(scanner);
        await database.Scan(scanner);
        foreach (var log in Directory.EnumerateFiles(place.Logs))
            scanner.Text($"the log {Path.GetFileName(log)}", await File.ReadAllTextAsync(log));

        return new RunEvidence
        {
            Orders = clients.Orders,
            Sagas = await database.Sagas(),
            ReadModel = await database.ReadModel(),
            History = await database.History(),
            Inbox = await database.Inbox(),
            ReportedTaskIds = await database.ReportedTaskIds(),
            Messages = clients.Recorder.All,
            Snapshots = clients.Recorder.Snapshots,
            ProviderTasks = provider.Tasks(),
            ProviderOutputs = settings.IsPublishing ? provider.Outputs() : [],
            Publications = await database.Publications(),
            ChannelItems = settings.IsPublishing ? new ChannelFacts(place.Data).Items() : [],
            Webhooks = provider.Webhooks(),
            Calls = provider.Calls(),
            Leftovers = await Leftovers(database, broker),
            Errors = [.. errors, .. clients.Recorder.Unreadable],
            Forgeries = clients.Forger.Answers,
            Leaks = scanner.Leaks,
            BadEnds = [.. faultInjector.BadEnds, .. fleet.Services.Append(fleet.Provider).SelectMany(member => member.EndsByItself), .. ends],
            Rate = settings.Rate,
            Floor = settings.Floor,
        };
    }

    private async Task<List<string>> End()
    {
        var ends = await Task.WhenAll(fleet.Services.Append(fleet.Provider).Select(async member => (member.Name, Code: await member.End(Signal.Terminate))));
        return [.. ends.Where(end => end.Code is not (null or 0)).Select(end => $"{end.Name} ended with exit code {end.Code} after SIGTERM")];
    }

    private static async Task<Dictionary<string, long>> Leftovers(DatabaseFacts database, BrokerFacts broker)
    {
        var left = await database.Leftovers();
        foreach (var (queue, count) in await broker.Waiting())
            left[$"messages in the queue {queue}"] = count;
        return left;
    }
}
