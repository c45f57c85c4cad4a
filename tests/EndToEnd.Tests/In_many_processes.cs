using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

public sealed class In_many_processes : IAsyncLifetime
{
    private RabbitMqVirtualHost broker = null!;
    private Deployment podcast = null!;

    public async Task InitializeAsync()
    {
        broker = await RabbitMqServer.CreateVirtualHost();
        podcast = await Deployment.Create(broker.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await podcast.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task the_tutorials_walk_ends_processed()
    {
        await podcast.Start("Emulators", "Ingest.Api", "WebhookGateway", "Orchestrator", "Orchestrator", "Processing", "Processing");
        using var api = new HttpClient { BaseAddress = podcast.Ingest };

        await Walk.Through(api);
    }

    [Fact]
    public async Task what_dies_between_commit_publish_and_removal_loses_and_doubles_nothing()
    {
        await podcast.Start("Emulators", "WebhookGateway", "Processing");
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
        ledger.GetProperty("totals").GetProperty("tasks").GetInt32().ShouldBe(3);
        ledger.GetProperty("repeated").GetArrayLength().ShouldBe(0);
        (await broker.Failures()).ShouldBeEmpty();
    }

    private static (string Name, string Value) StopAt(string point) => ("PODCAST_STOP_AT", point);
}
