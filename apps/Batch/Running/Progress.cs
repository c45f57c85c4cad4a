namespace Podcast.Batch.Running;

/// <summary>The progress of a phase. Several threads count; the reporter reads.</summary>
internal sealed class Progress(string name, TimeProvider clock, Func<string?>? note = null)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Queue<(long At, long Done)> samples = [];
    private long began = clock.GetTimestamp();
    private long doneBefore;
    private long total;
    private long done;
    private long failed;

    /// <summary>The name of the phase: <c>Dispatching</c> or <c>Processing</c>.</summary>
    public string Name => name;

    public long Total => total;

    public long Done => Interlocked.Read(ref done);

    public long Failed => Interlocked.Read(ref failed);

    public TimeSpan Elapsed => clock.GetElapsedTime(began);

    public int Percent => total == 0 ? 100 : (int)(100 * Math.Min(Done, total) / total);

    /// <summary>Why the phase is slowed or paused; null if it is not.</summary>
    public string? Note => note?.Invoke();

    /// <summary>Starts the clock and sets the total.</summary>
    public Progress Begin(long total)
    {
        (this.total, began, doneBefore) = (total, clock.GetTimestamp(), Done);
        return this;
    }

    public void Add(bool failed = false)
    {
        if (failed)
            Interlocked.Increment(ref this.failed);
        Interlocked.Increment(ref done);
    }

    /// <summary>Items per second over about the last 30 s; null while nothing was done.</summary>
    public double? Rate()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            if (samples.Count == 0)
                samples.Enqueue((began, doneBefore));
            if (clock.GetElapsedTime(samples.Last().At, now) >= TimeSpan.FromSeconds(1))
                samples.Enqueue((now, Done));
            while (samples.Count > 1 && clock.GetElapsedTime(samples.Peek().At, now) > Window)
                samples.Dequeue();

            var (at, before) = samples.Peek();
            var seconds = clock.GetElapsedTime(at, now).TotalSeconds;
            return seconds < 0.5 || Done == before ? null : (Done - before) / seconds;
        }
    }

    /// <summary>The time left at the current rate; null while the rate is unknown.</summary>
    public TimeSpan? Left() => Rate() is { } rate ? TimeSpan.FromSeconds(Math.Ceiling((total - Done) / rate)) : null;
}
