namespace Podcast.Orchestrator.Ledger;

internal static class IttybitIds
{
    private const int Longest = 200; // the webhook gateway's limit

    /// <summary>
    /// The id; null if the text is none that our tables can hold. A webhook that carries a file instead of its task has an empty
    /// one.
    /// </summary>
    public static string? Of(string? text) => EpisodeTexts.IsName(text, Longest) ? text : null;
}
