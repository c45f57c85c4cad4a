using Podcast.Contracts;

namespace Podcast.Ingest.Api.Data;

/// <summary>An episode as its owner sees it: what they told us, and the orchestrator's newest snapshot.</summary>
internal sealed class Episode
{
    public Guid Id { get; init; }

    /// <summary>The <c>sub</c> of its owner; never changes.</summary>
    public required string UserId { get; init; }

    public required string Title { get; set; }

    public string? Description { get; set; }

    /// <summary>The name that the raw video had on the uploader's disk; only shown, never part of a path.</summary>
    public string? OriginalFilename { get; set; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; set; }

    public string? IttybitFolder { get; set; }

    public string? IttybitFileId { get; set; }

    public string? IttybitMediaId { get; set; }

    /// <summary>Where Ittybit fetches the raw video, when it was not uploaded. May hold a token: not for show.</summary>
    public string? SourceUrl { get; set; }

    /// <summary>Seconds, when known.</summary>
    public double? DurationSeconds { get; set; }

    /// <summary>What the owner asked for, as words with commas between; null is the default.</summary>
    public string? RequestedTasks { get; set; }

    public string? AudioFileId { get; set; }

    public string? AudioUrl { get; set; }

    public string? VideoFileId { get; set; }

    public string? VideoUrl { get; set; }

    /// <summary>A word of <see cref="Data.Status"/>.</summary>
    public required string Status { get; set; }

    public DateTimeOffset? ProcessingStartedAt { get; set; }

    public DateTimeOffset? ProcessingCompletedAt { get; set; }

    /// <summary>When the upload was confirmed, or the address given; null before.</summary>
    public DateTimeOffset? UploadedAt { get; set; }

    /// <summary>When its <see cref="EpisodeUploaded"/> is published again if no snapshot comes before; null while there is nothing to process.</summary>
    public DateTimeOffset? AnnounceAt { get; set; }

    /// <summary>The snapshot's version; 0 while the orchestrator has not spoken.</summary>
    public int Version { get; set; }

    /// <summary>Why it is held, failed or cancelled; for people.</summary>
    public string? Reason { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>When the orchestrator is asked for a snapshot if none comes before; null when nothing is expected.</summary>
    public DateTimeOffset? AskAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>In the plan's order.</summary>
    public List<ProcessingTask> Tasks { get; } = [];
}
