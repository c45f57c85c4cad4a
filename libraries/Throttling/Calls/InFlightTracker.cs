namespace Podcast.Throttling.Calls;

/// <summary>
/// This process' calls that are out. When a call arrives is known only to lie between its leaving and its answer, so calls leave the more
/// slowly the longer answers take; and when none come, as from a provider that stands still, hardly any leaves: all that were sent
/// meanwhile would reach it in one heap.
/// </summary>
internal sealed class InFlightTracker(TimeProvider clock)
{
    // Of the answers' mean time: what takes longer may be stuck.
    private const double Patience = 2;

    private readonly Lock gate = new();
    private readonly LinkedList<long> unanswered = new();
    private long newestAnswered = long.MinValue;
    private long lastSent;
    private double? mean;

    /// <summary>How long a call may be out before it holds others up.</summary>
    public TimeSpan Allowance
    {
        get
        {
            lock (gate)
                return TimeSpan.FromSeconds(Math.Clamp(Patience * (mean ?? 0), 0.25, 2));
        }
    }

    /// <summary>A call leaves. Dispose of it when it is over, however.</summary>
    public Call Leave()
    {
        lock (gate)
        {
            lastSent = clock.GetTimestamp();
            return new Call(this, unanswered.AddLast(lastSent));
        }
    }

    /// <summary>
    /// How long the next call should wait: none while answers come; else for as long again as none has come, so that the provider can show
    /// that it is back.
    /// </summary>
    public TimeSpan Wait()
    {
        var allowance = Allowance;
        lock (gate)
        {
            // An answer to a later call shows that the provider works: what is still out is slow by itself.
            var stuck = unanswered.First;
            while (stuck is not null && stuck.Value <= newestAnswered)
                stuck = stuck.Next;
            if (stuck is null || clock.GetElapsedTime(stuck.Value) <= allowance)
                return TimeSpan.Zero;

            var silence = clock.GetElapsedTime(stuck.Value, lastSent);
            var wait = (silence > allowance ? silence : allowance) - clock.GetElapsedTime(lastSent);
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    private void Answered(long sent)
    {
        lock (gate)
        {
            newestAnswered = Math.Max(newestAnswered, sent);
            var took = clock.GetElapsedTime(sent).TotalSeconds;
            mean = mean is { } before ? before + ((took - before) / 8) : took;
        }
    }

    private void Over(LinkedListNode<long> call)
    {
        lock (gate)
            unanswered.Remove(call);
    }

    /// <summary>A call that is out.</summary>
    internal readonly struct Call(InFlightTracker traffic, LinkedListNode<long> place) : IDisposable
    {
        /// <summary>When it left, as a timestamp of the clock.</summary>
        public long Sent => place.Value;

        public void IsAnswered() => traffic.Answered(place.Value);

        public void Dispose() => traffic.Over(place);
    }
}
