namespace Podcast.Throttling.Calls;

/// <summary>
/// Tracks the calls of this process that have no response yet. A call reaches the provider at an unknown time between its send
/// and its response. Therefore calls are sent more slowly the longer responses take, and hardly any while responses are missing:
/// if a provider stalls, all calls sent meanwhile would reach it at once when it resumes.
/// </summary>
internal sealed class InFlightTracker(TimeProvider clock)
{
    // A multiple of the mean response time; calls that take longer may be stuck.
    private const double Patience = 2;

    private readonly Lock sync = new();
    private readonly LinkedList<long> unanswered = new();
    private long newestAnswered = long.MinValue;
    private long lastSent;
    private double? mean;

    /// <summary>How long a call may be unanswered before it delays other calls.</summary>
    public TimeSpan Allowance
    {
        get
        {
            lock (sync)
                return TimeSpan.FromSeconds(Math.Clamp(Patience * (mean ?? 0), 0.25, 2));
        }
    }

    /// <summary>
    /// Records that a call is sent now. Dispose the result when the call has ended, with or without a response.
    /// </summary>
    public Call Start()
    {
        lock (sync)
        {
            lastSent = clock.GetTimestamp();
            return new Call(this, unanswered.AddLast(lastSent));
        }
    }

    /// <summary>
    /// How long the next call should wait: zero while responses arrive. Otherwise the interval between calls doubles while
    /// responses are missing; some calls are still sent, so that a response can show that the provider has recovered.
    /// </summary>
    public TimeSpan Wait()
    {
        var allowance = Allowance;
        lock (sync)
        {
            // A response to a later call shows that the provider works, so an older call without one is slow by itself.
            var stuck = unanswered.First;
            while (stuck is not null && stuck.Value <= newestAnswered)
                stuck = stuck.Next;
            if (stuck is null || clock.GetElapsedTime(stuck.Value) <= allowance)
                return TimeSpan.Zero;

            var gap = clock.GetElapsedTime(stuck.Value, lastSent);
            var wait = (gap > allowance ? gap : allowance) - clock.GetElapsedTime(lastSent);
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    private void RecordAnswer(long sent)
    {
        lock (sync)
        {
            newestAnswered = Math.Max(newestAnswered, sent);
            var took = clock.GetElapsedTime(sent).TotalSeconds;
            mean = mean is { } before ? before + ((took - before) / 8) : took;
        }
    }

    private void Remove(LinkedListNode<long> call)
    {
        lock (sync)
            unanswered.Remove(call);
    }

    /// <summary>A call in flight.</summary>
    internal readonly struct Call(InFlightTracker inFlight, LinkedListNode<long> place) : IDisposable
    {
        /// <summary>When it was sent, as a timestamp of the clock.</summary>
        public long Sent => place.Value;

        public void RecordAnswer() => inFlight.RecordAnswer(place.Value);

        public void Dispose() => inFlight.Remove(place);
    }
}
