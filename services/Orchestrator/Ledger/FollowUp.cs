namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// A thing that must happen once after all tasks are made: the transcript is brought into our keeping, the outputs are looked at.
/// It is asked for in rounds until one of them is answered.
/// </summary>
public sealed class FollowUp
{
    /// <summary>1, 2 … each time it was asked for; 0 before the first.</summary>
    public int Round { get; set; }

    /// <summary>Rounds up to this one belong to earlier outputs: their answers come too late.</summary>
    public int Since { get; set; }

    /// <summary>The last round that came to nothing.</summary>
    public int RefusedRound { get; set; }

    public int Refusals { get; set; }

    public bool Done { get; set; }

    /// <summary>True when a person does without it.</summary>
    public bool Waived { get; set; }

    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Until when Ittybit could not be asked in the last round; null if it could.</summary>
    public DateTimeOffset? LaneUntil { get; set; }

    internal bool IsOpen => !Done && !Waived;

    /// <summary>How often these outputs' was asked for: what was made anew starts from the beginning, though rounds go on.</summary>
    internal int Tries => Round - Since;

    internal bool IsDue(DateTimeOffset now) => IsOpen && (NextAt is null || NextAt <= now);

    /// <summary>Ittybit can be asked again, before the time that we were told.</summary>
    internal void SkipLaneWait(DateTimeOffset now)
    {
        if (IsOpen && LaneUntil > now && NextAt > now)
            NextAt = now;
    }

    /// <summary>The next round need not wait for its moment, on a person's word; false when there is none, or its moment has come.</summary>
    internal bool SkipWait(DateTimeOffset now)
    {
        if (!IsOpen || NextAt <= now)
            return false;

        NextAt = now;
        return true;
    }

    internal int Ask(DateTimeOffset now, RetrySchedule patience)
    {
        Round++;
        NextAt = now + patience.Unanswered(Tries);
        return Round;
    }

    /// <summary>Any round's answer will do; false when there was one before.</summary>
    internal bool Finish(int round)
    {
        if (!IsOpen || round <= Since)
            return false;

        Done = true;
        NextAt = null;
        return true;
    }

    /// <summary>Whether news of this round's failure is news.</summary>
    internal bool Expects(int round) => IsOpen && round == Round && round > RefusedRound;

    /// <summary>The same for new outputs.</summary>
    internal FollowUp Anew() => new() { Round = Round, Since = Round, RefusedRound = Round };

    /// <summary>This round came to nothing. False when there have been too many: a person must look.</summary>
    /// <param name="until">When to ask again; null: after a growing wait, and this round counts.</param>
    internal bool Refuse(DateTimeOffset? until, DateTimeOffset now, RetrySchedule patience)
    {
        RefusedRound = Round;
        LaneUntil = until;
        if (until is null && ++Refusals >= patience.MaxRefusals)
            return false;

        NextAt = until ?? now + patience.Retry(Refusals);
        return true;
    }
}
