namespace Podcast.Orchestrator.Ledger;

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
