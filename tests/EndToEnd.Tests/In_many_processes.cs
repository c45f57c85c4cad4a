using System.Net.Http.Json;
using System.Text.Json;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

[Collection(nameof(In_many_processes))]
public sealed class In_many_processes(In_many_processes.Running running)
{
    [Fact]
    public async Task the_tutorials_walk_ends_processed()
    {
        using var api = new HttpClient { BaseAddress = running.Podcast.Ingest };

        await Walk.Through(api);
    }

    [Fact]
    public Task a_backlog_becomes_episodes() => Backlog("--episodes", "--in-flight", "2", "--owner", "alice");

    // Asked for once, before they can have ended, and not again before the deadline: what ends was told by the gateway.
    [Fact]
    public Task a_backlog_of_tasks_hears_of_its_ends_from_the_gateway() => Backlog("--wait", "webhooks", "--poll-interval", "10m");

    [Fact]
    public async Task crashes_around_commit_and_publish_lose_and_double_nothing()
    {
        var podcast = running.Podcast;
        await podcast.Kill("Ingest.Api");
        await podcast.Kill("Orchestrator");
        var ingest = await podcast.Start("Ingest.Api", StopAt("outbox:delivered"));
        var orchestrator = await podcast.Start("Orchestrator", StopAt("outbox:committed"));
        using var api = new HttpClient { BaseAddress = podcast.Ingest };

        var upload = await Walk.Upload(api);
        try
        {
            await Walk.Confirm(api, upload);
        }
        catch (HttpRequestException)
        {
            // Its process died. Whoever gets no answer asks again, below.
        }

        (await ingest.Ended).ShouldBe(137, "the upload is published, its row is still there");
        (await orchestrator.Ended).ShouldBe(137, "the episode is stored, its commands are not sent");
        await podcast.Start("Ingest.Api");
        await Walk.Confirm(api, upload);
        (await (await podcast.Start("Orchestrator", StopAt("outbox:confirmed#3"))).Ended).ShouldBe(137, "sent, and the rows are still there");
        await podcast.Start("Orchestrator");

        (await Walk.End(api, upload.Id)).GetProperty("status").GetString().ShouldBe("processed");
        await Walk.ShouldHaveAGaplessHistory(api, upload.Id);
        var ledger = await podcast.Ledger();
        ledger.GetProperty("repeated").GetArrayLength().ShouldBe(0);
        ledger.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("path").GetString() == "/tasks")
            .Select(entry => entry.GetProperty("ref").GetString()!)
            .Where(reference => reference.Contains($"{upload.Id:N}", StringComparison.Ordinal))
            .Distinct().Count().ShouldBe(3);
        (await running.Broker.Failures()).ShouldBeEmpty();
    }

    /// <summary>The backlog command with a table of its own, beside these services.</summary>
    private async Task Backlog(params string[] options)
    {
        using var directory = new TemporaryDirectory();
        var database = ("PODCAST_BATCH_DB", directory["media.db"]);
        await File.WriteAllLinesAsync(directory["media.csv"], ["url", .. Enumerable.Range(1, 5).Select(number => $"https://cdn.example/raw/{number}.mov")]);
        await running.Podcast.Run("Batch", [database], "init");
        await running.Podcast.Run("Batch", [database], "import", directory["media.csv"]);

        string[] run = ["run", .. options, "--delay", "0", "--deadline", "2m", "--report-to", running.Podcast.Ingest.AbsoluteUri];
        (await running.Podcast.Run("Batch", [database], run)).ShouldContain("Done. 5 completed, 0 failed.");
        using var api = new HttpClient { BaseAddress = running.Podcast.Ingest };
        var known = (await api.GetFromJsonAsync<JsonElement>("backlog-runs")).GetProperty("runs")[0];
        (known.GetProperty("status").GetString(), known.GetProperty("rows").GetProperty("completed").GetInt32()).ShouldBe(("completed", 5));
        var rows = (await running.Podcast.Run("Batch", [database], "export")).Split('\n');
        rows.Count(row => row.Contains(",completed,", StringComparison.Ordinal) && row.Contains(".mp4", StringComparison.Ordinal)).ShouldBe(5);
    }

    private static (string Name, string Value) StopAt(string point) => ("PODCAST_STOP_AT", point);

    public sealed class Running : IAsyncLifetime
    {
        internal RabbitMqVirtualHost Broker { get; private set; } = null!;

        internal Deployment Podcast { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Broker = await RabbitMqServer.CreateVirtualHost();
            Podcast = await Deployment.Create(Broker.ConnectionString);
            await Podcast.Start(
                "Emulators", ("Emulators__Ittybit__SimulatedTaskTime", "00:00:02"), ("Emulators__Ittybit__AssumedSourceLength", "00:01:00"));
            await Podcast.Start("Ingest.Api", "WebhookGateway", "Orchestrator", "Orchestrator", "Processing", "Processing");
        }

        public async Task DisposeAsync()
        {
            await Podcast.DisposeAsync();
            await Broker.DisposeAsync();
        }
    }

    /// <summary>Whoever uses the running services does so one after the other.</summary>
    [CollectionDefinition(nameof(In_many_processes))]
    public sealed class Shared : ICollectionFixture<Running>;
}
