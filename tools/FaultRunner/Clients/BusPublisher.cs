using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Podcast.FaultRunner.Clients;

/// <summary>Publishes as an upstream service without MassTransit would: plain JSON, with publisher confirms.</summary>
internal sealed class BusPublisher(Uri broker, Caller caller, string signature) : IAsyncDisposable
{
    private static readonly CreateChannelOptions confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly SemaphoreSlim one = new(1);
    private IConnection? connection;

    /// <summary>Publishes until the broker confirms; an order that is not patient is tried once.</summary>
    public async Task Publish(Order order, CancellationToken cancellationToken)
    {
        order.EpisodeId ??= Guid.CreateVersion7();
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            episodeId = order.EpisodeId,
            ownerId = Staging.ServiceSettings.LocalUser,
            title = order.Title,
            show = Shows.Of(order),
            source = order.Door == OrderChannel.Hopeless
                ? (object)new { fileId = $"file_nowhere{order.Number}" }
                : new { url = Uploader.SourceOf(order, signature), durationSeconds = 24 },
            tasks = Uploader.Tasks(order).Select(kind => new { kind, required = kind is not ("chapter_detection" or "thumbnail") }),
        });
        do
        {
            order.Tries++;
            order.IsAcknowledged = await Try(body, order.EpisodeId.Value, cancellationToken);
            if (!order.IsAcknowledged)
                await caller.Pause(cancellationToken);
        }
        while (!order.IsAcknowledged && order.IsPatient);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        one.Dispose();
    }

    private async Task<bool> Try(byte[] body, Guid messageId, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            if (connection is not { IsOpen: true })
            {
                connection?.Dispose();
                connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(limit.Token);
            }

            await using var channel = await connection.CreateChannelAsync(confirmed, limit.Token);
            var properties = new BasicProperties { ContentType = "application/json", MessageId = messageId.ToString(), Persistent = true };
            await channel.BasicPublishAsync("podcast.episode-uploaded", "", mandatory: true, properties, body, limit.Token);
            return true;
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested && away is
            BrokerUnreachableException or OperationInterruptedException or PublishException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            connection?.Dispose();
            connection = null;
            return false;
        }
        finally
        {
            one.Release();
        }
    }
}
