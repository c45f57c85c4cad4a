using Podcast.Ittybit;

namespace Podcast.Throttling.Calls;

/// <summary>What this process knows of a lane that is closed: while it knows, it need not ask the database.</summary>
internal sealed class CircuitState(TimeSpan longestWait, TimeProvider clock)
{
    /// <summary>How old what we know of the lane may be before the database is asked again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Closure? closure;

    public bool IsClosed => closure is { } closed && clock.Until(closed.Ends) > TimeSpan.Zero;

    /// <param name="isPause">True: nobody waits for its end.</param>
    public void Close(string reason, TimeSpan pause, bool isPause) => closure = Closed(reason, pause, isPause);

    /// <summary>Closes it as for a pause, and is what tells the caller so.</summary>
    public HeldBackException Hold(string reason, TimeSpan pause)
    {
        var closed = Closed(reason, pause, isPause: true);
        closure = closed;
        return HeldBack(closed);
    }

    public void Open() => closure = null;

    /// <summary>The database gave a turn: whatever closed the lane before it was asked, somebody opened it before its time.</summary>
    /// <param name="asked">When, as a timestamp of our clock.</param>
    public void OpenedBy(long asked)
    {
        if (closure is { } outlived && outlived.SeenAt <= asked)
            closure = null;
    }

    /// <summary>Waits, for a while, for a lane that opens soon.</summary>
    /// <exception cref="HeldBackException">It does not.</exception>
    public async Task Outlast(CancellationToken cancellationToken)
    {
        if (closure is not { } closed || !IsClosed || clock.GetElapsedTime(closed.SeenAt) >= Fresh)
            return;

        var left = clock.Until(closed.Ends);
        if (closed.IsPause || left > longestWait)
            throw HeldBack(closed);
        await Task.Delay(left < Fresh ? left : Fresh, clock, cancellationToken);
    }

    private Closure Closed(string reason, TimeSpan pause, bool isPause)
    {
        var now = clock.GetTimestamp();
        return new Closure(reason, now + clock.Ticks(pause), isPause, now);
    }

    // Who was held back together should not come back together: the first one tries, the others would wait for another round.
    private HeldBackException HeldBack(Closure closed)
    {
        var left = clock.Until(closed.Ends);
        return new(closed.Reason, left + (left * (0.1 * Random.Shared.NextDouble())));
    }

    /// <param name="Ends">A timestamp of our clock, like <paramref name="SeenAt"/>.</param>
    private sealed record Closure(string Reason, long Ends, bool IsPause, long SeenAt);
}
