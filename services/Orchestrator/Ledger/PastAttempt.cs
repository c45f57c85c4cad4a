namespace Podcast.Orchestrator.Ledger;

/// <summary>An Ittybit task of an earlier attempt, or one that another attempt overtook.</summary>
public sealed class PastAttempt
{
    public required int Attempt { get; init; }

    public required string IttybitTaskId { get; init; }

    /// <summary>How the task ended; null while unknown.</summary>
    public string? Outcome { get; set; }
}

internal static class PastAttempts
{
    /// <summary>Records the Ittybit task and its outcome; true if the outcome was not known before.</summary>
    public static bool Remember(this List<PastAttempt> past, int attempt, string ittybitTaskId, string? outcome)
    {
        var known = past.Find(one => one.IttybitTaskId == ittybitTaskId);
        if (known is null)
            past.Add(known = new PastAttempt { Attempt = attempt, IttybitTaskId = ittybitTaskId });
        if (known.Outcome is not null || outcome is null)
            return false;

        known.Outcome = outcome;
        return true;
    }
}

/// <summary>
/// Validates ids of Ittybit. A webhook can carry a file instead of its task and then has no task id: an empty text is no id, and
/// neither is one that is too long for our tables.
/// </summary>
internal static class IttybitIds
{
    private const int Longest = 200; // the webhook gateway's limit

    public static string? Of(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > Longest || text.Any(char.IsControl) ? null : text;
}
