using Podcast.Contracts;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>What happened to an episode, oldest first.</summary>
internal sealed record HistoryView(IReadOnlyList<HistoryLine> History);

/// <summary>What one version changed.</summary>
/// <param name="What">Event name in snake_case.</param>
/// <param name="By">Who: <c>ittybit</c>, <c>orchestrator</c> or a user's <c>sub</c>.</param>
/// <param name="Why">In words, for people.</param>
internal sealed record HistoryLine(int Version, DateTime At, string What, string? Task, string By, string? Why)
{
    public static HistoryLine Of(HistoryEntry entry) =>
        new(entry.Version, entry.At.UtcDateTime, entry.What, entry.Task?.Word(), entry.By, entry.Why);
}
