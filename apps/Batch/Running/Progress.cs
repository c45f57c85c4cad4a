namespace Podcast.Batch.Running;

/// <summary>The progress of a phase. Several threads count; the reporter reads.</summary>
/// <param name="name"><c>Dispatching</c> or <c>Processing</c>.</param>
/// <param name="note">Why the phase is slowed or paused; null if it is not.</param>
internal sealed class Progress(string name, TimeProvider clock, Func<string?> note)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Queue<(long At, long Done)> samples = [];
    private long began = clock.GetTimestamp();
    private long doneBefore;
    private long done;
    private long failed;

    public string Name => name;

    public long Total { get; private set; }

    public long Done => Interlocked.Read(ref done);

    public long Failed => Interlocked.Read(ref failed);

    public TimeSpan Elapsed => clock.GetElapsedTime(began);

    public int Percent => Total == 0 ? 100 : (int)(100 * Math.Min(Done, Total) / Total);

    public string? Note => note();

    /// <summary>Starts the clock and sets the total.</summary>
    public Progress Begin(long total)
    {
        (Total, began, doneBefore) = (total, clock.GetTimestamp(), Done);
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
        lock (samples)
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
    public TimeSpan? Left() => Rate() is { } rate ? TimeSpan.FromSeconds(Math.Ceiling((Total - Done) / rate)) : null;
}
