using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>Submits episodes and notes when <c>EpisodeProcessed</c> of each arrives in a queue of its own.</summary>
internal sealed class Driver : IAsyncDisposable
{
    private const string Exchange = "podcast.episode-processed";

    private static readonly TimeSpan longest = TimeSpan.FromMinutes(3);

    private readonly Stage stage;
    private readonly HttpClient client;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<double>> processed = new();
    private IConnection? connection;
    private int made;

    private Driver(Stage stage) =>
        (this.stage, client) = (stage, new HttpClient { BaseAddress = stage.Ingest });

    /// <summary>Episodes submitted so far.</summary>
    public int Made => made;

    public static async Task<Driver> Start(Stage stage)
    {
        var driver = new Driver(stage);
        driver.connection = await new ConnectionFactory { Uri = stage.RabbitMq.Amqp }.CreateConnectionAsync();
        var channel = await driver.connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync("benchmark", durable: false, exclusive: true, autoDelete: true)).QueueName;
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true); // as the orchestrator does, with its first message
        await channel.QueueBindAsync(queue, Exchange, "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var body = JsonDocument.Parse(delivery.Body);
            driver.Of(body.RootElement.GetProperty("message").GetProperty("episodeId").GetGuid()).TrySetResult(Clock.Milliseconds());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return driver;
    }

    /// <summary>Runs <paramref name="count"/> episodes, at most <paramref name="concurrency"/> at once.</summary>
    /// <returns>Milliseconds from the last webhook of an episode to its <c>EpisodeProcessed</c>.</returns>
    public async Task<double[]> Run(int count, int concurrency, CancellationToken cancellationToken)
    {
        var done = new ConcurrentBag<(Guid Id, double At)>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
            async (_, token) => done.Add(await One(token)));
        return await Latencies(done);
    }

    /// <summary>Begins <paramref name="pace"/> episodes a second for <paramref name="seconds"/>, evenly.</summary>
    /// <inheritdoc cref="Run"/>
    public async Task<double[]> RunPaced(int pace, int seconds, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / pace));
        var running = new List<Task<(Guid, double)>>();
        while (running.Count < pace * seconds && await timer.WaitForNextTickAsync(cancellationToken))
            running.Add(One(cancellationToken));
        return await Latencies(await Task.WhenAll(running));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task<(Guid Id, double At)> One(CancellationToken cancellationToken)
    {
        var title = $"episode-{Interlocked.Increment(ref made):D7}";
        var request = new { title, url = new Uri(stage.Stub, $"/raw/{title}.mp4") };
        using var answer = await client.PostAsJsonAsync("episodes", request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The API refused an episode: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");

        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetGuid();
        return (id, await Of(id).Task.WaitAsync(longest, cancellationToken));
    }

    private async Task<double[]> Latencies(IEnumerable<(Guid Id, double At)> done)
    {
        using var stub = new HttpClient { BaseAddress = stage.Stub };
        var last = (await stub.GetFromJsonAsync<Dictionary<Guid, double>>("stub/last"))!;
        return [.. done.Select(one => one.At - last[one.Id]).Order()];
    }

    private TaskCompletionSource<double> Of(Guid id) =>
        processed.GetOrAdd(id, _ => new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously));
}
