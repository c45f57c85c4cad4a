namespace Podcast.Throttling.Calls;

/// <summary>
/// Tracks the calls of this process that have no response yet. A call reaches the provider at an unknown time between its send
/// and its response. Therefore calls are sent more slowly the longer responses take, and hardly any while responses are missing:
/// if a provider stalls, all calls sent meanwhile would reach it at once when it resumes.
/// </summary>
internal sealed class InFlightTracker(TimeProvider clock)
{
    /// <summary>The most that <see cref="Allowance"/> can be, in seconds.</summary>
    public const double LongestAllowance = 2;

    private readonly Lock sync = new();
    private readonly List<long> unanswered = [];
    private long newestAnswered = long.MinValue;
    private long lastSent;
    private double? mean;

    /// <summary>How long a call may be unanswered before it delays others: twice the mean response time, within limits.</summary>
    public TimeSpan Allowance { get; private set; } = TimeSpan.FromSeconds(0.25);

    /// <summary>Records that a call is sent now. Dispose the result when it has ended, with or without a response.</summary>
    public Call Start()
    {
        lock (sync)
        {
            lastSent = clock.GetTimestamp();
            unanswered.Add(lastSent);
            return new Call(this, lastSent);
        }
    }

    /// <summary>
    /// How long the next call should wait: zero while responses arrive. Otherwise the interval between calls doubles while
    /// responses are missing; some calls are still sent, so that a response can show that the provider has recovered.
    /// </summary>
    public TimeSpan Wait()
    {
        lock (sync)
        {
            // A response to a later call shows that the provider works, so an older call without one is slow by itself.
            var stuck = unanswered.FirstOrDefault(sent => sent > newestAnswered, clock.GetTimestamp());
            if (clock.GetElapsedTime(stuck) <= Allowance)
                return TimeSpan.Zero;

            var gap = clock.GetElapsedTime(stuck, lastSent);
            var wait = (gap > Allowance ? gap : Allowance) - clock.GetElapsedTime(lastSent);
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>A call in flight.</summary>
    /// <param name="Sent">When it was sent, as a timestamp of the clock.</param>
    internal readonly record struct Call(InFlightTracker Tracker, long Sent) : IDisposable
    {
        public void RecordAnswer() => Tracker.RecordAnswer(Sent);

        public void Dispose()
        {
            lock (Tracker.sync)
                Tracker.unanswered.Remove(Sent);
        }
    }

    private void RecordAnswer(long sent)
    {
        lock (sync)
        {
            newestAnswered = Math.Max(newestAnswered, sent);
            var took = clock.GetElapsedTime(sent).TotalSeconds;
            mean = mean is { } before ? before + ((took - before) / 8) : took;
            Allowance = TimeSpan.FromSeconds(Math.Clamp(2 * mean.Value, 0.25, LongestAllowance));
        }
    }
}
