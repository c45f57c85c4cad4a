namespace Podcast.Orchestrator.Ledger;

/// <summary>Storing the transcript, or checking the outputs: it is requested in rounds until one of them is answered.</summary>
public sealed class FollowUp
{
    /// <summary>The number of the newest request; 0 before the first.</summary>
    public int Round { get; set; }

    /// <summary>Rounds up to this one belong to earlier outputs; their answers are ignored.</summary>
    public int Since { get; set; }

    /// <summary>The last round that failed.</summary>
    public int RefusedRound { get; set; }
    public int Refusals { get; set; }
    public bool Done { get; set; }

    /// <summary>True if a user accepted the episode without it.</summary>
    public bool Waived { get; set; }
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Until when Ittybit could not be called in the last round; null if it could.</summary>
    public DateTimeOffset? LaneUntil { get; set; }

    internal bool IsOpen => !Done && !Waived;

    /// <summary>True if the newest request repeats one without an answer or that failed, and not because of the lane.</summary>
    internal bool IsAskedAgain => Tries > 1 && LaneUntil is null;

    // Rounds since the current outputs were made. Round itself is never reset, so that late answers can be told apart.
    private int Tries => Round - Since;

    internal bool IsDue(DateTimeOffset now) => IsOpen && (NextAt is null || NextAt <= now);

    /// <summary>Ends the wait for the lane before the reported time.</summary>
    internal void SkipLaneWait(DateTimeOffset now)
    {
        if (LaneUntil > now)
            SkipWait(now);
    }

    /// <summary>Ends the wait for the next round; false if there is no wait.</summary>
    internal bool SkipWait(DateTimeOffset now)
    {
        if (!IsOpen || NextAt <= now)
            return false;

        NextAt = now;
        return true;
    }

    internal int Ask(DateTimeOffset now, RetrySchedule schedule)
    {
        Round++;
        NextAt = now + schedule.Unanswered(Tries);
        return Round;
    }

    /// <summary>Accepts the answer to any round for the current outputs; false if there was one before.</summary>
    internal bool Finish(int round)
    {
        if (!IsOpen || round <= Since)
            return false;

        Done = true;
        NextAt = null;
        return true;
    }

    /// <summary>True if this is the current round, still open, and no failure of it was recorded.</summary>
    internal bool Expects(int round) => IsOpen && round == Round && round > RefusedRound;

    /// <summary>A new follow-up for new outputs; the numbers of the rounds continue.</summary>
    internal FollowUp Anew() => new() { Round = Round, Since = Round, RefusedRound = Round };

    /// <summary>Records that the current round failed. False after the last allowed failure: a user must decide.</summary>
    internal bool Refuse(RoundRefusal refusal, DateTimeOffset now, RetrySchedule schedule)
    {
        if (!refusal.Transient)
            return false;

        RefusedRound = Round;
        LaneUntil = refusal.Until;
        if (refusal.Until is null && ++Refusals >= schedule.MaxRefusals)
            return false;

        NextAt = refusal.Until ?? now + schedule.Retry(Refusals);
        return true;
    }
}

/// <summary>The failure of a round.</summary>
/// <param name="Until">When to ask again if the provider cannot be called before; then the failure does not count.</param>
/// <param name="Transient">True if another round may succeed.</param>
internal sealed record RoundRefusal(int Round, string Reason, DateTimeOffset? Until = null, bool Transient = true)
{
    public static RoundRefusal Of(TranscriptRejected refusal) => new(refusal.Round, refusal.Reason, refusal.Until, refusal.Transient);
    public static RoundRefusal Of(Fault<CollectTranscript> fault) => new(fault.Message.Round, "Our own service failed to collect it.");
    public static RoundRefusal Of(OutputCheckDelayed delay) => new(delay.Round, delay.Reason, delay.Until);
    public static RoundRefusal Of(Fault<CheckOutputs> fault) => new(fault.Message.Round, "Our own service failed to look at the outputs.");
}
