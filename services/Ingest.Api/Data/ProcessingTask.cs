namespace Podcast.Ingest.Api.Data;

/// <summary>One task of an episode, from the newest snapshot.</summary>
internal sealed class ProcessingTask
{
    public long Id { get; init; }

    public Guid EpisodeId { get; init; }

    /// <summary>The Ittybit task of the current attempt; null until Ittybit accepted it.</summary>
    public string? IttybitTaskId { get; set; }

    public TaskKind Type { get; init; }

    public TaskState Status { get; set; }

    public string? OutputFileId { get; set; }

    public string? OutputUrl { get; set; }

    public string? ErrorMessage { get; set; }

    /// <summary>The whole output, as JSON.</summary>
    public string? Metadata { get; set; }

    public int Attempt { get; set; }

    public bool Required { get; set; }

    /// <summary>0–100; null if Ittybit reports no progress.</summary>
    public int? Percent { get; set; }

    public DateTimeOffset? RequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset? DeadlineAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
