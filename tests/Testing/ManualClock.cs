namespace Podcast.Testing;

/// <summary>
/// A clock that stands still until a test advances it. Due timers fire on the thread that calls <see cref="Advance"/>.
/// </summary>
public sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = now;
    private TimeSpan back;

    public ManualClock() : this(new DateTimeOffset(2026, 1, 15, 14, 32, 10, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now - back;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate) return now.Ticks;
    }

    /// <summary>The number of active timers, by which a test can tell that code has begun to wait.</summary>
    public int Waiting
    {
        get { lock (gate) return timers.Count(timer => timer.DueAt is not null); }
    }

    /// <summary>
    /// Waits until there is a timer with this period. A background service sets its timer some time after the host has started;
    /// an <see cref="Advance"/> before that would not fire it.
    /// </summary>
    public Task HasTimer(TimeSpan period) => Eventually.Holds(
        () =>
        {
            lock (gate) return timers.Exists(timer => timer.Period == period);
        },
        $"a timer fires every {period}");

    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (gate) end = now + by;

        while (NextDue(end) is { } timer)
            timer.Fire();

        lock (gate) now = end;
    }

    /// <summary>Sets the time of day back, as NTP may do. Timestamps and timers go on.</summary>
    public void SetBack(TimeSpan by)
    {
        lock (gate) back += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (gate) timers.Add(timer);
        return timer;
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
            if (next is not null)
                now = next.Take();
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Period { get; private set; } = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
            }

            return true;
        }

        public DateTimeOffset Take()
        {
            var due = DueAt!.Value;
            DueAt = Period > TimeSpan.Zero ? due + Period : null;
            return due > clock.now ? due : clock.now;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
