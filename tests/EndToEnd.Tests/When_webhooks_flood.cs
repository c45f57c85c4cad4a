using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Podcast.Contracts;
using Podcast.Testing;
using Xunit.Abstractions;

namespace Podcast.EndToEnd.Tests;

/// <summary>One gateway process before a real broker. PODCAST_FLOOD=1000x30 is a thousand a second for half a minute.</summary>
[Collection(nameof(In_many_processes))] // not beside others: it measures
public sealed class When_webhooks_flood(ITestOutputHelper output) : IAsyncLifetime
{
    private const long Spare = 100L << 20;

    private static readonly TimeSpan ittybitWaits = TimeSpan.FromSeconds(5);

    private RabbitMqVirtualHost broker = null!;
    private Deployment podcast = null!;

    public async Task InitializeAsync()
    {
        broker = await RabbitMqServer.CreateVirtualHost();
        podcast = await Deployment.Create(broker.ConnectionString, "Orchestrator");
    }

    public async Task DisposeAsync()
    {
        await podcast.DisposeAsync();
        await broker.DisposeAsync();
    }

    [Fact]
    public async Task webhooks_are_answered_in_time_and_memory_stays_flat()
    {
        var size = (Environment.GetEnvironmentVariable("PODCAST_FLOOD") ?? "150x3").Split('x').Select(int.Parse).ToArray();
        var (rate, seconds) = (size[0], size[1]);
        var gateway = await podcast.Start("WebhookGateway", []);
        using var ittybit = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2000 }) { Timeout = TimeSpan.FromSeconds(30) };
        await Deliver(ittybit); // what is made at the first delivery counts for nothing

        var answers = new ConcurrentBag<(HttpStatusCode Status, TimeSpan Time)>();
        var memory = new List<long>();
        var deliveries = new List<Task>();
        var watch = Stopwatch.StartNew();
        for (var second = 0; second < seconds; second++)
        {
            for (var one = 0; one < rate; one++)
            {
                var due = TimeSpan.FromSeconds(second + ((double)one / rate));
                if (due - watch.Elapsed is var wait && wait > TimeSpan.FromMilliseconds(1))
                    await Task.Delay(wait);
                deliveries.Add(Task.Run(async () => answers.Add(await Deliver(ittybit))));
            }

            memory.Add(gateway.Memory);
        }

        await Task.WhenAll(deliveries);
        memory.Add(gateway.Memory);
        output.WriteLine(
            $"{deliveries.Count} deliveries in {watch.Elapsed.TotalSeconds:0.0} s; "
            + string.Join(", ", answers.GroupBy(answer => answer.Status).Select(group => $"{(int)group.Key}: {group.Count()}"))
            + $"; slowest {answers.Max(answer => answer.Time).TotalMilliseconds:0} ms, "
            + $"p99 {answers.Select(answer => answer.Time.TotalMilliseconds).Order().ElementAt((int)(answers.Count * 0.99)):0} ms; "
            + $"memory {string.Join(' ', memory.Select(bytes => bytes >> 20))} MiB");

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK
            || answer.Status == HttpStatusCode.TooManyRequests || answer.Status == HttpStatusCode.ServiceUnavailable);
        answers.ShouldContain(answer => answer.Status == HttpStatusCode.OK);
        answers.ShouldAllBe(answer => answer.Time < ittybitWaits);
        memory[^1].ShouldBeLessThan(memory[memory.Count / 3] + Spare);
        var kept = answers.Count(answer => answer.Status == HttpStatusCode.OK) + 1;
        await Eventually.Holds(
            async () => (await broker.Queue("episode"))!.Value.TryGetProperty("messages", out var messages) && messages.GetInt32() >= kept,
            "the broker has each that was acknowledged"); // a young queue is not counted yet
    }

    private async Task<(HttpStatusCode Status, TimeSpan Time)> Deliver(HttpClient ittybit)
    {
        var callback = podcast.Callback(Guid.NewGuid(), TaskKind.AudioExtraction);
        using var body = new StringContent(
            """{"id":"task_1","status":"completed","output":{"id":"file_1","url":"https://you.ittybit.net/a.mp3","type":"audio/mpeg"}}""",
            Encoding.UTF8, "application/json");
        var watch = Stopwatch.StartNew();
        using var answer = await ittybit.PostAsync(callback, body);
        return (answer.StatusCode, watch.Elapsed);
    }
}
