using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Podcast.Ittybit;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

[Trait("Length", "minutes")]
public sealed class When_RabbitMQ_is_away : IAsyncLifetime
{
    private readonly ConcurrentBag<HttpStatusCode> promises = [];
    private readonly ConcurrentBag<Guid> accepted = [];
    private PrivateRabbitMq broker = null!;
    private Deployment podcast = null!;

    /// <summary>Seconds; more by <c>PODCAST_TEST_BROKER_AWAY=60</c>.</summary>
    private static TimeSpan Absence => TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("PODCAST_TEST_BROKER_AWAY") ?? "8", CultureInfo.InvariantCulture));

    public async Task InitializeAsync()
    {
        broker = await PrivateRabbitMq.Start();
        podcast = await Deployment.Create(broker.Amqp.AbsoluteUri);
    }

    public async Task DisposeAsync()
    {
        await podcast.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task acknowledged_uploads_and_webhooks_survive_a_broker_outage()
    {
        await podcast.Start("Ingest.Api", "WebhookGateway", "Orchestrator", "Processing");
        await podcast.Start("Emulators", ("Emulators__Ittybit__SimulatedTaskTime", "00:00:02"));
        using var api = new HttpClient { BaseAddress = podcast.Ingest };
        var source = await Walk.UploadedAddress(api);
        using var ending = new CancellationTokenSource();
        var load = Upload(api, source, ending.Token);
        await Eventually.Holds(() => accepted.Count >= 4, "some episodes are on their way");
        (await Report()).StatusCode.ShouldBe(HttpStatusCode.OK);

        await broker.End(Signal.Terminate);
        var (before, back) = (accepted.Count, Task.Delay(Absence));
        await Eventually.Holds(async () => (await Report()).StatusCode == HttpStatusCode.ServiceUnavailable, "a webhook is put off");
        while (!back.IsCompleted)
        {
            var put = await Report();
            put.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            put.Headers.RetryAfter.ShouldNotBeNull();
        }

        accepted.Count.ShouldBeGreaterThan(before, "an upload needs no broker");
        await broker.StartAgain();
        await Eventually.Holds(async () => (await Report()).StatusCode == HttpStatusCode.OK, "a webhook is taken again", TimeSpan.FromMinutes(1));
        await ending.CancelAsync();
        await load;

        promises.ShouldAllBe(answer => answer == HttpStatusCode.Accepted || answer == HttpStatusCode.ServiceUnavailable);
        await AllAreProcessed();
        (await podcast.Ledger()).GetProperty("repeated").GetArrayLength().ShouldBe(0);
    }

    /// <summary>Waits as long as there is progress.</summary>
    private async Task AllAreProcessed()
    {
        for (var processed = 0L; processed < accepted.Count;)
        {
            var before = processed;
            await Eventually.Holds(
                async () => (processed = await podcast.Count("SELECT count(*) FROM ingest.episodes WHERE status = 'processed'")) > before,
                $"more than {before} of {accepted.Count} accepted episodes are processed", TimeSpan.FromMinutes(1));
        }
    }

    private async Task Upload(HttpClient api, Uri source, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            using var answer = await api.PostAsJsonAsync("/episodes", new { url = source, title = "Under load" }, CancellationToken.None);
            promises.Add(answer.StatusCode);
            if (answer.IsSuccessStatusCode)
                accepted.Add((await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetGuid());
            else
                answer.Headers.RetryAfter.ShouldNotBeNull();
            await Task.Delay(250, CancellationToken.None);
        }
    }

    /// <summary>A genuine webhook of the tutorial's kind, about a task of nobody's.</summary>
    private async Task<HttpResponseMessage> Report()
    {
        var body = """{"id":"task_of_nobody","status":"processing"}"""u8.ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(podcast.Gateway, "/webhooks/ittybit"))
        {
            Content = new StringContent(Encoding.UTF8.GetString(body), Encoding.UTF8, "application/json"),
            Headers = { { "Ittybit-Signature", WebhookSignature.Compute(body, Deployment.WebhookSecret) } },
        };
        using var client = new HttpClient();
        return await client.SendAsync(request);
    }
}
