using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Podcast.Ingest.Api.Queues;

/// <summary>
/// Puts the messages of an error queue back into the queue in which they failed. Each is acknowledged only after the broker has
/// confirmed it there. So a crash in between loses none; it may leave one in both queues, with the same id, and consumers take
/// an id once.
/// </summary>
internal sealed class MessageReturn(IOptions<QueueOptions> options, IConfiguration configuration)
{
    private static readonly CreateChannelOptions confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <summary>
    /// Returns the oldest messages, at most <paramref name="most"/> and none that came after the beginning: one that fails again
    /// at once would go in circles.
    /// </summary>
    /// <returns>How many were returned, and how many are left.</returns>
    /// <exception cref="QueuesUnavailableException">The broker does not answer, or refuses; what was returned until then is.</exception>
    public async Task<(int Returned, long Left)> Run(string from, string to, int most, CancellationToken cancellationToken)
    {
        var (returned, left) = (0, 0L);
        try
        {
            await using var connection = await Factory().CreateConnectionAsync("return of failed messages", cancellationToken);
            await using var channel = await connection.CreateChannelAsync(confirmed, cancellationToken);
            while (returned < most && await channel.BasicGetAsync(from, autoAck: false, cancellationToken) is { } message)
            {
                if (returned == 0)
                    most = (int)Math.Min(most, message.MessageCount + 1L);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(options.Value.Timeout);
                await channel.BasicPublishAsync(
                    exchange: "", routingKey: to, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, limit.Token);
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                (returned, left) = (returned + 1, message.MessageCount);
            }

            return (returned, left);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested
            && failure is RabbitMQClientException or OperationCanceledException or IOException)
        {
            throw new QueuesUnavailableException(
                $"RabbitMQ does not take the messages now ({failure.GetType().Name}); {returned} were returned.");
        }
    }

    /// <summary>The broker of the bus, as the account of the management API.</summary>
    private ConnectionFactory Factory()
    {
        var account = options.Value.Management!;
        var broker = new Uri(configuration.GetConnectionString("RabbitMq")!);
        return new ConnectionFactory
        {
            Uri = new UriBuilder(broker)
            {
                Scheme = broker.Scheme.EndsWith('s') ? "amqps" : "amqp",
                UserName = account.UserInfo.Split(':', 2)[0],
                Password = account.UserInfo.Split(':', 2)[1],
                Path = account.Segments[1],
            }.Uri,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = options.Value.Timeout,
        };
    }
}
