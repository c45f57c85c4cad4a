namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// What may be an id of Ittybit's. A webhook can bring a file instead of its task, and then it names no task: an empty text is no id,
/// and neither is one that our tables have no room for.
/// </summary>
internal static class IttybitIds
{
    private const int Longest = 200; // as the webhook gateway takes it

    /// <summary>Returns <paramref name="text"/> if it can be an id of Ittybit's, else null.</summary>
    public static string? Of(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > Longest || text.Any(char.IsControl) ? null : text;
}
