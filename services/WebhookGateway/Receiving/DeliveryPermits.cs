using System.Threading.RateLimiting;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// Limits the deliveries that are processed and queued at once. Callbacks, which have a valid token, have permits of their own, because
/// anybody can send to the plain route. The middleware of ASP.NET Core does not fit: its queue has no deadline, and would hold
/// deliveries whose tokens are not checked yet.
/// </summary>
internal sealed class DeliveryPermits(IOptions<GatewayOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter callbacks = New(options.Value);
    private readonly ConcurrencyLimiter others = New(options.Value);

    /// <summary>The permit, to be disposed; not acquired, or null after the deadline, if too many wait.</summary>
    public async Task<RateLimitLease?> Take(bool isCallback, CancellationToken deadline)
    {
        try
        {
            return await (isCallback ? callbacks : others).AcquireAsync(cancellationToken: deadline);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        callbacks.Dispose();
        others.Dispose();
    }

    private static ConcurrencyLimiter New(GatewayOptions options) =>
        new(new() { PermitLimit = options.ConcurrentDeliveries, QueueLimit = options.WaitingDeliveries });
}
