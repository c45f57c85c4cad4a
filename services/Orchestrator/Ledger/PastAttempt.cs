namespace Podcast.Orchestrator.Ledger;

/// <summary>An Ittybit task that was made for an earlier attempt, or that another overtook.</summary>
public sealed class PastAttempt
{
    public required int Attempt { get; init; }

    public required string IttybitTaskId { get; init; }

    /// <summary>What became of it; null while nobody told.</summary>
    public string? Outcome { get; set; }
}
