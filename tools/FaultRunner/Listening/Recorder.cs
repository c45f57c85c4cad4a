using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Podcast.Contracts;
using Podcast.FaultRunner.Secrets;
using Podcast.FaultRunner.Staging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Podcast.FaultRunner.Listening;

/// <summary>
/// Subscribes to all messages, with a durable queue that survives the broker's restarts, so that it records everything that was
/// published.
/// </summary>
internal sealed class Recorder(Site site, Scanner scanner, Action<Heard, IReadOnlyBasicProperties, byte[]> echo)
{
    public const string Queue = "faults-recorder";

    // No service subscribes to these exchanges yet, so they must be declared here.
    private static readonly string[] unheard = ["podcast.episode-processed", "podcast.episode-failed"];

    private static readonly JsonSerializerOptions json = JsonSerializerOptions.Web;

    private readonly ConcurrentDictionary<(Guid MessageId, string Exchange), Heard> heard = [];
    private readonly ConcurrentDictionary<Guid, HeardSnapshot> snapshots = [];
    private readonly ConcurrentQueue<string> unreadable = [];
    private int deliveries;

    /// <summary>The received messages, without copies.</summary>
    public IReadOnlyCollection<Heard> All => [.. heard.Values];

    public IReadOnlyCollection<HeardSnapshot> Snapshots => [.. snapshots.Values];

    public IReadOnlyCollection<string> Unreadable => unreadable;

    /// <summary>The number of deliveries, copies included.</summary>
    public int Deliveries => deliveries;

    /// <summary>Declares and binds the queue. All messages published after this are recorded.</summary>
    public async Task Subscribe(CancellationToken cancellationToken)
    {
        await using var connection = await Connect(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        foreach (var exchange in unheard)
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);

        var exchanges = await site.Servers.Management.GetFromJsonAsync<JsonElement>($"api/exchanges/{site.Name}", cancellationToken);
        foreach (var exchange in exchanges.EnumerateArray().Select(exchange => exchange.GetProperty("name").GetString()!))
        {
            if (exchange.StartsWith(Heard.Prefix, StringComparison.Ordinal))
                await channel.QueueBindAsync(Queue, exchange, "", cancellationToken: cancellationToken);
        }
    }

    /// <summary>Consumes the queue until cancelled, and reconnects after restarts of the broker.</summary>
    public async Task Work(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await Connect(cancellationToken);
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                var lost = new TaskCompletionSource();
                connection.ConnectionShutdownAsync += (_, _) =>
                {
                    lost.TrySetResult();
                    return Task.CompletedTask;
                };
                await channel.BasicQosAsync(0, 200, false, cancellationToken);
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.ReceivedAsync += async (_, delivery) =>
                {
                    Hear(delivery);
                    await channel.BasicAckAsync(delivery.DeliveryTag, false, cancellationToken);
                };
                await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, cancellationToken);
                await lost.Task.WaitAsync(cancellationToken);
            }
            catch (Exception away) when (away is BrokerUnreachableException or OperationInterruptedException or IOException or OperationCanceledException)
            {
                await Task.Delay(300, CancellationToken.None);
            }
        }
    }

    private void Hear(BasicDeliverEventArgs delivery)
    {
        Interlocked.Increment(ref deliveries);
        var body = delivery.Body.ToArray();
        var text = Encoding.UTF8.GetString(body);
        scanner.Message(delivery.Exchange, text);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (Heard.Read(delivery.Exchange, document.RootElement) is not { } message)
                return; // plain JSON from BusPublisher

            if (!heard.TryAdd((message.MessageId, message.Exchange), message))
                return;
            if (delivery.Exchange == "podcast.episode-changed")
                Keep(message.MessageId, document.RootElement.GetProperty("message"));
            echo(message, new BasicProperties(delivery.BasicProperties), body);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            unreadable.Enqueue($"{delivery.Exchange}: {wrong.Message}");
        }
    }

    private void Keep(Guid messageId, JsonElement message) =>
        snapshots[messageId] = new HeardSnapshot(messageId, message.Deserialize<EpisodeChanged>(json)!, message.GetRawText());

    private Task<IConnection> Connect(CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = site.Broker, AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = TimeSpan.FromSeconds(5) }
            .CreateConnectionAsync(cancellationToken);
}
