using System.Threading.RateLimiting;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// Limits the deliveries that are processed and queued at once; more are rejected, so that a flood costs no memory. Callbacks,
/// which have a valid token, have permits of their own, because anybody can send to the plain route.
/// </summary>
internal sealed class DeliveryLimiter(IOptions<GatewayOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter callbacks = Limiter(options.Value);
    private readonly ConcurrencyLimiter plain = Limiter(options.Value);

    /// <summary>Returns a permit, to be disposed; null if there is none by the <paramref name="deadline"/>.</summary>
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
