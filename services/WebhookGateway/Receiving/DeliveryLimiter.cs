using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// Lets so many deliveries in at once, and so many wait; the rest is told to come back, so that a flood costs answers, not memory.
/// Callbacks, which have proved themselves by their token, do not share their places with the plain route, where anyone can knock.
/// </summary>
internal sealed class DeliveryLimiter(IOptions<GatewayOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter callbacks = Limiter(options.Value);
    private readonly ConcurrencyLimiter plain = Limiter(options.Value);

    /// <summary>A place, to be given back; null when there is none in time.</summary>
    public async ValueTask<IDisposable?> Enter(bool isCallback, CancellationToken deadline)
    {
        try
        {
            var lease = await (isCallback ? callbacks : plain).AcquireAsync(1, deadline);
            if (lease.IsAcquired && !deadline.IsCancellationRequested)
                return lease;

            lease.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        callbacks.Dispose();
        plain.Dispose();
    }

    private static ConcurrencyLimiter Limiter(GatewayOptions options) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.ConcurrentDeliveries,
        QueueLimit = options.WaitingDeliveries,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
