namespace Podcast.Throttling.Calls;

/// <summary>Caches in this process that a lane is closed, so that callers need not query the database.</summary>
internal sealed class CircuitState(TimeSpan longestWait, TimeProvider clock)
{
    /// <summary>The maximum age of cached information about the lane.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private volatile Closure? closure;

    public bool IsClosed => closure is { } closed && clock.Until(closed.Ends) > TimeSpan.Zero;

    /// <param name="isPause">True if callers must fail at once instead of waiting for the end.</param>
    public void Close(string reason, TimeSpan pause, bool isPause) => closure = Closed(reason, pause, isPause);

    /// <summary>Closes the lane like a pause. Returns the exception for the caller.</summary>
    public HeldBackException Hold(string reason, TimeSpan pause)
    {
        var closed = Closed(reason, pause, isPause: true);
        closure = closed;
        return HeldBack(closed);
    }

    public void Open() => closure = null;

    /// <summary>
    /// Call when the database has granted permits: a closure from before that query is outdated, because another process or an
    /// operator has opened the lane.
    /// </summary>
    /// <param name="queriedAt">When the database was queried, as a timestamp of the clock.</param>
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
            throw HeldBack(closed);
        await Task.Delay(left < MaxAge ? left : MaxAge, clock, cancellationToken);
    }

    private Closure Closed(string reason, TimeSpan pause, bool isPause)
    {
        var now = clock.GetTimestamp();
        return new Closure(reason, now + clock.Ticks(pause), isPause, now);
    }

    // Adds up to 10 % jitter: if callers that were held back together retried together, most of them would be held back again.
    private HeldBackException HeldBack(Closure closed)
    {
        var left = clock.Until(closed.Ends);
        return new(closed.Reason, left + (left * (0.1 * Random.Shared.NextDouble())));
    }

    /// <param name="Ends">When the lane opens, as a timestamp of the clock, like <paramref name="SeenAt"/>.</param>
    private sealed record Closure(string Reason, long Ends, bool IsPause, long SeenAt);
}
