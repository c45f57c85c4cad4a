using System.Threading.Channels;

namespace Podcast.Outbox;

/// <summary>
/// Wakes the delivery of one context. A signal without a waiter is kept for the next one, unlike that of MassTransit's own bus
/// outbox notification.
/// </summary>
internal sealed class AsyncAutoResetEvent<TDbContext>(TimeProvider clock)
{
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => signal.Writer.TryWrite(true);

    /// <summary>True when signalled, false when <paramref name="limit"/> is over.</summary>
    public async Task<bool> Wait(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (signal.Reader.TryRead(out _))
            return true;

        if (limit <= TimeSpan.Zero)
            return false;

        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
