using System.Threading.RateLimiting;

namespace Podcast.Processing.Submitting;

/// <summary>
/// Serializes copies of one command in this process, and tells all but the first that they are copies: two at the same moment
/// would both find no task and both create one.
/// </summary>
internal sealed class KeyedLock(TimeProvider clock) : IDisposable
{
    /// <summary>For how long copies are told apart.</summary>
    public static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> oldest = new();
    private readonly PartitionedRateLimiter<string> locks = PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetConcurrencyLimiter(
            key, _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = int.MaxValue }),
        StringComparer.Ordinal);

    /// <summary>Waits for the lock of <paramref name="key"/>; dispose the lease to release it.</summary>
    public async Task<(RateLimitLease Lease, bool IsCopy)> Take(string key, CancellationToken cancellationToken)
    {
        var lease = locks.AttemptAcquire(key);
        var hasWaited = !lease.IsAcquired;
        if (hasWaited)
            lease = await locks.AcquireAsync(key, cancellationToken: cancellationToken);
        return lease.IsAcquired ? (lease, IsSeen(key) || hasWaited) : throw new OperationCanceledException("The process is stopping.");
    }

    public void Dispose() => locks.Dispose();

    /// <summary>True if the key was taken before; remembers it.</summary>
    private bool IsSeen(string key)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            while (oldest.TryPeek(out var first) && first.At + RememberFor <= now)
                seen.Remove(oldest.Dequeue().Key);
            if (!seen.Add(key))
                return true;

            oldest.Enqueue((key, now));
            return false;
        }
    }
}
