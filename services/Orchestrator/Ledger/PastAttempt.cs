namespace Podcast.Orchestrator.Ledger;

/// <summary>An Ittybit task that was made for an earlier attempt, or that another overtook.</summary>
public sealed class PastAttempt
{
    public required int Attempt { get; init; }

    public required string IttybitTaskId { get; init; }

    /// <summary>What became of it; null while nobody told.</summary>
    public string? Outcome { get; set; }
}

internal static class PastAttempts
{
    /// <summary>Keeps the Ittybit task and, once, what became of it; true when that is news.</summary>
    public static bool Remember(this List<PastAttempt> past, int attempt, string ittybitTaskId, string? outcome)
    {
        var known = past.Find(one => one.IttybitTaskId == ittybitTaskId);
        if (known is null)
        {
            past.Add(new PastAttempt { Attempt = attempt, IttybitTaskId = ittybitTaskId, Outcome = outcome });
            return outcome is not null;
        }

        if (known.Outcome is not null || outcome is null)
            return false;

        known.Outcome = outcome;
        return true;
    }
}
