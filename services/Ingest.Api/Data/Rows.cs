namespace Podcast.Ingest.Api.Data;

/// <summary>An episode in the read model: the owner's input, and the orchestrator's newest snapshot.</summary>
internal sealed class Episode
{
    public Guid Id { get; init; }
    public required string UserId { get; init; } // the sub of the owner's token
    public required string Title { get; set; }
    public string? Description { get; set; }
    public string? OriginalFilename { get; set; } // on the uploader's disk; only displayed, never part of a path
    public long? FileSize { get; set; } // bytes
    public string? IttybitFolder { get; set; }
    public string? IttybitFileId { get; set; }
    public string? IttybitMediaId { get; set; }

    /// <summary>
    /// The address from which Ittybit fetches a raw video that was not uploaded. May hold a token: do not display.
    /// </summary>
    public string? SourceUrl { get; set; }

    public double? DurationSeconds { get; set; }
    public string? RequestedTasks { get; set; } // wire names separated by commas; null means the plan of the show, or the default one
    public string? Show { get; set; } // the slug of the owner's show
    public IReadOnlyList<PlannedTask>? Plan { get; set; } // by the show when the upload came; null if there was none
    public EpisodeDetails? Details { get; set; }
    public string? AudioFileId { get; set; }
    public string? AudioUrl { get; set; }
    public string? VideoFileId { get; set; }
    public string? VideoUrl { get; set; }
    public required string Status { get; set; } // see Data.Status
    public DateTimeOffset? ProcessingStartedAt { get; set; }
    public DateTimeOffset? ProcessingCompletedAt { get; set; }
    public DateTimeOffset? UploadedAt { get; set; } // when the upload was confirmed, or the address submitted

    /// <summary>When <see cref="EpisodeUploaded"/> is published again unless a snapshot arrives before; null until the upload.</summary>
    public DateTimeOffset? AnnounceAt { get; set; }

    public int Version { get; set; } // of the newest snapshot; 0 before the first one
    public string? Reason { get; set; } // why it is held, failed or cancelled; text for people
    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>When the orchestrator is asked for a snapshot unless one arrives before; null if no change is expected.</summary>
    public DateTimeOffset? AskAt { get; set; }

    /// <summary>What was asked for last, at which version, by whom and when: who asks for the same at once is told.</summary>
    public string? AskedAction { get; set; }
    public int AskedVersion { get; set; }
    public string? AskedBy { get; set; }
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>
    /// When this row, or what is shown with it, was stored last, by our clock; null if that was before the column was there.
    /// </summary>
    public DateTimeOffset? ChangedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
    public List<ProcessingTask> Tasks { get; } = []; // in the order of the plan

    /// <summary>The status of the newest snapshot; null before the first one.</summary>
    public EpisodeStatus? Stage => WireNames<EpisodeStatus>.Find(Status);
}

/// <summary>One task of an episode, from the newest snapshot.</summary>
internal sealed class ProcessingTask
{
    public long Id { get; init; }
    public Guid EpisodeId { get; init; }
    public string? IttybitTaskId { get; set; } // of the current attempt; null until Ittybit accepted it
    public TaskKind Type { get; init; }
    public TaskState Status { get; set; }
    public string? OutputFileId { get; set; }
    public string? OutputUrl { get; set; }
    public string? ErrorMessage { get; set; }
    public string? Metadata { get; set; } // the whole output, as JSON
    public int Attempt { get; set; }
    public bool Required { get; set; }
    public int? Percent { get; set; } // 0–100; null if Ittybit reports no progress
    public DateTimeOffset? RequestedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? NextAt { get; set; }
    public DateTimeOffset? DeadlineAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}

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

/// <summary>
/// An episode's transcript. It may be stored before the episode's row, because the two arrive in different messages.
/// </summary>
internal sealed class Transcript
{
    public Guid EpisodeId { get; init; }
    public int Round { get; set; } // of collecting it; a later round replaces it
    public required string Text { get; set; }
    public string? Language { get; set; }
    public required string Lines { get; set; } // JSON array of timed lines; empty if the transcript has no times
    public DateTimeOffset StoredAt { get; set; }
}

/// <summary>The answer to a POST with an <c>Idempotency-Key</c>, written in the same transaction as the effect.</summary>
internal sealed class IdempotencyRecord
{
    public required string UserId { get; init; }
    public required string Key { get; init; }
    public required string Fingerprint { get; init; }
    public string? Answer { get; set; } // JSON
    public DateTimeOffset CreatedAt { get; init; }
}
