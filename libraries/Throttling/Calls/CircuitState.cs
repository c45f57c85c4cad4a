namespace Podcast.Throttling.Calls;

/// <summary>Caches in this process that a lane is closed, so that callers need not query its store.</summary>
internal sealed class CircuitState(TimeSpan longestWait, TimeProvider clock)
{
    /// <summary>The maximum age of cached information about the lane.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private volatile Closure? closure;

    public bool IsClosed => closure is { } closed && clock.Until(closed.Ends) > TimeSpan.Zero;

    /// <param name="isPause">True if callers must fail at once instead of waiting for the end.</param>
    /// <returns>The exception for callers that do not wait.</returns>
    public HeldBackException Close(string reason, TimeSpan pause, bool isPause)
    {
        var now = clock.GetTimestamp();
        closure = new Closure(reason, now + clock.Ticks(pause), isPause, now);
        return HeldBack(reason, pause);
    }

    public void Open() => closure = null;

    /// <summary>Forgets a closure from before a query that granted permits: somebody else has opened the lane.</summary>
    /// <param name="queriedAt">When the store was queried, as a timestamp of the clock.</param>
    public void OpenedBy(long queriedAt)
    {
        if (closure is { } closed && closed.SeenAt <= queriedAt)
            closure = null;
    }

    /// <summary>If the lane is closed, waits until it opens, but at most <see cref="MaxAge"/>.</summary>
    /// <exception cref="HeldBackException">The lane is paused, or opens too late to wait for.</exception>
    public async Task WaitUntilOpen(CancellationToken cancellationToken)
    {
        if (closure is not { } closed || !IsClosed || clock.GetElapsedTime(closed.SeenAt) >= MaxAge)
            return;

        var left = clock.Until(closed.Ends);
        if (closed.IsPause || left > longestWait)
            throw HeldBack(closed.Reason, left);
        await clock.Delay(left < MaxAge ? left : MaxAge, cancellationToken);
    }

    // Adds up to 10 % jitter: if callers that were held back together retried together, most of them would be held back again.
    private static HeldBackException HeldBack(string reason, TimeSpan wait) => new(reason, wait * (1 + (0.1 * Random.Shared.NextDouble())));

    /// <param name="Ends">When the lane opens, as a timestamp of the clock, like <paramref name="SeenAt"/>.</param>
    private sealed record Closure(string Reason, long Ends, bool IsPause, long SeenAt);
}

/// <summary>Arithmetic with a clock's timestamps.</summary>
internal static class Timestamps
{
    public static long Ticks(this TimeProvider clock, TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>The time from now to <paramref name="timestamp"/>; negative if it has passed.</summary>
    public static TimeSpan Until(this TimeProvider clock, long timestamp) => clock.GetElapsedTime(clock.GetTimestamp(), timestamp);

    /// <summary>Waits; rounded up to milliseconds, because <c>Task.Delay</c> does not wait for less than one.</summary>
    public static Task Delay(this TimeProvider clock, TimeSpan time, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)), clock, cancellationToken);
}
