using System.Net.Http.Json;
using System.Text.Json;
using Podcast.FaultRunner.Cli;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Runs;
using Podcast.FaultRunner.Secrets;
using Podcast.FaultRunner.Staging;
using Podcast.Testing;

namespace Podcast.FaultRunner.Tests.Fixtures;

/// <summary>All processes, two of each that may have two, for cases that break one thing at a time.</summary>
public sealed class Scene : IAsyncLifetime
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    private readonly RunDirectory directory = new(null);
    private Servers servers = null!;
    private OtlpReceiver telemetry = null!;
    private HttpClient api = null!;
    private DatabaseFacts database = null!;
    private BrokerFacts broker = null!;

    internal Fleet Fleet { get; private set; } = null!;

    internal Provider Provider { get; private set; } = null!;

    internal DatabaseServer Database { get; private set; } = null!;

    /// <summary>An address of a raw video that the provider can have.</summary>
    private static string Source => $"http://127.0.0.1:9/{Guid.NewGuid():N}.mp4";

    public async Task InitializeAsync()
    {
        servers = await Servers.Start();
        telemetry = await OtlpReceiver.Start((_, _) => { });
        var canaries = new PlantedSecrets();
        var site = await servers.Prepare(canaries);
        Fleet = new Fleet(site, new Uri(telemetry.Address), directory.Data, directory.Logs, new RunSettings { TaskTime = TimeSpan.FromSeconds(0.3) });
        await Fleet.Start();
        Provider = new Provider(Fleet.Addresses.Provider, canaries.ApiKey);
        api = new HttpClient { BaseAddress = Fleet.Ingests[0].Address };
        (database, broker, Database) = (new DatabaseFacts(site.Database, isPublishing: false), new BrokerFacts(site), new DatabaseServer(site));
    }

    public async Task DisposeAsync()
    {
        api?.Dispose();
        Provider?.Dispose();
        if (Fleet is not null)
            await Fleet.DisposeAsync();
        if (telemetry is not null)
            await telemetry.DisposeAsync();
        if (servers is not null)
            await servers.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>An upload of which one task is to be made, unless it is said otherwise.</summary>
    internal async Task<Guid> Uploads(params string[] tasks)
    {
        using var answer = await TriesToUpload(tasks);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>The same, whatever the answer.</summary>
    internal Task<HttpResponseMessage> TriesToUpload(params string[] tasks) => api.PostAsJsonAsync(
        "/episodes", new { url = Source, title = "A case", tasks = tasks.Length > 0 ? tasks : ["audio_extraction"] });

    internal Task<JsonElement> Look(Guid episode) => api.GetFromJsonAsync<JsonElement>($"/episodes/{episode}");

    /// <summary>Waits for the end, which must be a good one, with one task at the provider's and one completion for each that was planned.</summary>
    internal async Task EndsWell(Guid episode, int tasks = 1)
    {
        await Ends(episode, "processed");

        var history = await History(episode);
        history.Select(line => line.Version).ShouldBe(Enumerable.Range(1, history.Count));
        history.Count(line => line.What == "task_completed").ShouldBe(tasks);
        history.ShouldNotContain(line => line.What == "task_requested_again" && line.Task == null);
        (await Provider.TasksOf(episode)).Count.ShouldBe(tasks, "at the provider's");
        (await broker.Waiting()).Keys.ShouldAllBe(queue => !queue.EndsWith("_error"));
    }

    internal async Task Ends(Guid episode, string status)
    {
        var seen = default(JsonElement);
        await Eventually.Holds(
            async () => (seen = await Look(episode)).GetProperty("status").GetString() is "processed" or "failed" or "held", "the episode ends", patience);
        seen.GetProperty("status").GetString().ShouldBe(status, seen.ToString());
    }

    /// <summary>Waits until nothing is on its way between the services that run.</summary>
    internal Task Quiet() => Eventually.Holds(
        async () => (await database.Leftovers()).Values.All(left => left == 0)
            && (await broker.Waiting()).Keys.All(queue => queue is "extract-audio"),
        "quiet", patience);

    internal async Task<List<HistoryFact>> History(Guid episode) =>
        [.. (await database.History()).Where(line => line.EpisodeId == episode).OrderBy(line => line.Version)];

    /// <summary>Ends a service's processes.</summary>
    internal Task Kill(string service) => Task.WhenAll(Of(service).Select(member => member.End(Signal.Kill)));

    internal async Task Start(string service)
    {
        foreach (var member in Of(service))
            member.Start();
        await Task.WhenAll(Of(service).Select(member => member.Ready(patience)));
    }

    internal IReadOnlyList<Member> Of(string service) => [.. Fleet.Services.Where(member => member.Name.StartsWith(service, StringComparison.Ordinal))];
}

[CollectionDefinition(Name)]
public sealed class OnTheScene : ICollectionFixture<Scene>
{
    public const string Name = "on the scene";
}
