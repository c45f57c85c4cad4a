namespace Podcast.Ingest.Api.Data;

/// <summary>The change that one version of an episode made.</summary>
internal sealed class HistoryEntry
{
    public Guid EpisodeId { get; init; }

    public int Version { get; init; }

    public DateTimeOffset At { get; init; }

    public required string What { get; init; }

    public TaskKind? Task { get; init; }

    public required string By { get; init; }

    public string? Why { get; init; }
}
