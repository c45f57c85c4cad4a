namespace Podcast.Orchestrator.Ledger;

/// <summary>How far the finished transcript is on its way into our own keeping.</summary>
public sealed class TranscriptPickup
{
    /// <summary>1, 2 … each time it was asked for; 0 before the first.</summary>
    public int Round { get; set; }

    public int Refusals { get; set; }

    public bool Stored { get; set; }

    /// <summary>True when a person does without it.</summary>
    public bool Waived { get; set; }

    public DateTimeOffset? NextAt { get; set; }

    internal int Ask(DateTimeOffset now, Patience patience)
    {
        Round++;
        NextAt = now + patience.Unanswered(Round);
        return Round;
    }

    /// <summary>Any round's answer will do.</summary>
    internal bool Store()
    {
        if (Stored)
            return false;

        Stored = true;
        NextAt = null;
        return true;
    }

    /// <summary>True when another round makes sense; false when a person must look.</summary>
    internal bool Refuse(bool transient, DateTimeOffset now, Patience patience)
    {
        Refusals++;
        if (!transient || Refusals >= patience.MaxRefusals)
            return false;

        NextAt = now + patience.Retry(Refusals);
        return true;
    }
}
