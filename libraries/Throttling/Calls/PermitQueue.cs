namespace Podcast.Throttling.Calls;

/// <summary>
/// Queues the callers of one kind in this process. One caller at a time gets permits from the store for all that wait, so that
/// a busy lane needs fewer statements. If the lane has no limit, also for those that come within <see cref="Late"/>: permits take
/// no time from others there, and as with a limit some are left when another process closes the lane.
/// </summary>
internal sealed class PermitQueue(
    string kind, Func<string, int, CancellationToken, Task<Lease>> take, TimeProvider clock, double rate) : IDisposable
{
    /// <summary>
    /// A permit that is used later than this is discarded: otherwise calls that were delayed together would be sent together.
    /// </summary>
    public static readonly TimeSpan Late = TimeSpan.FromMilliseconds(150);

    /// <summary>Permits of one statement are used within this time, so that few are left when the provider closes the lane.</summary>
    public const double LeaseSeconds = 0.25;

    private readonly int most = rate > 0 ? Math.Max(1, (int)(rate * LeaseSeconds)) : 100;
    private readonly SemaphoreSlim lead = new(1);
    private readonly Queue<Permit> permits = new();
    private int waiting;

    /// <summary>
    /// Waits for a permit, whose time may lie ahead or, if callers have left, in the past. An exception of <c>take</c> goes only
    /// to the caller that ran it.
    /// </summary>
    public async Task<Permit> Join(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await lead.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            while (permits.TryPeek(out var next) && clock.Until(next.At) <= -Late)
                permits.Dequeue();
            if (permits.Count == 0)
                await TakePermits(cancellationToken);
            return permits.Dequeue();
        }
        finally
        {
            lead.Release();
        }
    }

    public void Dispose() => lead.Dispose();

    private async Task TakePermits(CancellationToken cancellationToken)
    {
        var lease = await take(kind, rate > 0 ? Math.Min(1 + Volatile.Read(ref waiting), most) : most, cancellationToken);
        var now = clock.GetTimestamp();
        for (var permit = 0; permit < lease.Count; permit++)
            permits.Enqueue(new Permit(now + clock.Ticks(lease.Until(permit)), kind, lease.IsProbe));
    }
}

/// <summary>The permission to send one call.</summary>
/// <param name="At">When to send it, as a timestamp of the clock: not before, and not much later, because delayed calls would
/// accumulate.</param>
/// <param name="Kind">The kind of the call: its method and the first segment of its path, such as <c>POST /tasks</c>. A provider
/// may refuse one kind and accept others: without payment it refuses calls that cost money and answers the rest.</param>
/// <param name="IsProbe">True if the lane is paused because calls of this kind were refused, and this call probes whether they
/// are accepted again.</param>
internal readonly record struct Permit(long At, string Kind, bool IsProbe);
