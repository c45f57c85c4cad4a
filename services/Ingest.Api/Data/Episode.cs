namespace Podcast.Ingest.Api.Data;

/// <summary>An episode in the read model: the owner's input, and the orchestrator's newest snapshot.</summary>
internal sealed class Episode
{
    public Guid Id { get; init; }

    /// <summary>The <c>sub</c> of the owner's token; never changes.</summary>
    public required string UserId { get; init; }

    public required string Title { get; set; }
    public string? Description { get; set; }

    /// <summary>The name of the raw video on the uploader's disk; only displayed, never part of a path.</summary>
    public string? OriginalFilename { get; set; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; set; }

    public string? IttybitFolder { get; set; }
    public string? IttybitFileId { get; set; }
    public string? IttybitMediaId { get; set; }

    /// <summary>
    /// The address from which Ittybit fetches a raw video that was not uploaded. May hold a token: do not display.
    /// </summary>
    public string? SourceUrl { get; set; }

    /// <summary>Seconds, when known.</summary>
    public double? DurationSeconds { get; set; }

    /// <summary>The requested tasks, as wire names separated by commas; null means the default plan.</summary>
    public string? RequestedTasks { get; set; }

    public string? AudioFileId { get; set; }
    public string? AudioUrl { get; set; }
    public string? VideoFileId { get; set; }
    public string? VideoUrl { get; set; }

    /// <summary>One of the constants and wire names of <see cref="Data.Status"/>.</summary>
    public required string Status { get; set; }

    /// <summary>The status of the newest snapshot; null before the first one.</summary>
    public EpisodeStatus? Stage => WireNames<EpisodeStatus>.Find(Status);

    public DateTimeOffset? ProcessingStartedAt { get; set; }
    public DateTimeOffset? ProcessingCompletedAt { get; set; }

    /// <summary>When the upload was confirmed, or the address submitted; null before.</summary>
    public DateTimeOffset? UploadedAt { get; set; }

    /// <summary>
    /// When <see cref="EpisodeUploaded"/> is published again unless a snapshot arrives before; null before the upload is
    /// confirmed.
    /// </summary>
    public DateTimeOffset? AnnounceAt { get; set; }

    /// <summary>The version of the newest snapshot; 0 before the first one.</summary>
    public int Version { get; set; }

    /// <summary>Why the episode is held, failed or cancelled; text for people.</summary>
    public string? Reason { get; set; }

    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>When the orchestrator is asked for a snapshot unless one arrives before; null if no change is expected.</summary>
    public DateTimeOffset? AskAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>In the order of the plan.</summary>
    public List<ProcessingTask> Tasks { get; } = [];
}

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
