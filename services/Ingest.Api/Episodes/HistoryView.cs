namespace Podcast.Ingest.Api.Episodes;

/// <summary>The changes of an episode, oldest first.</summary>
internal sealed record HistoryView(IReadOnlyList<HistoryLine> History);

/// <summary>The change that one version made.</summary>
/// <param name="What">Event name in snake_case.</param>
/// <param name="By"><c>ittybit</c>, <c>orchestrator</c> or a user's <c>sub</c>.</param>
/// <param name="Why">The reason, text for people.</param>
internal sealed record HistoryLine(int Version, DateTime At, string What, string? Task, string By, string? Why)
{
    public static HistoryLine Of(HistoryEntry entry) =>
        new(entry.Version, entry.At.UtcDateTime, entry.What, entry.Task?.WireName(), entry.By, entry.Why);
}
