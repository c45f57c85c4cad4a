namespace Podcast.Ingest.Api.Data;

/// <summary>An owner's command to retry all episodes that failed for one cause.</summary>
internal sealed class RetryJob
{
    public Guid Id { get; init; }
    public required string UserId { get; init; }
    public string? By { get; init; } // the person; null in jobs of former versions: the owner
    public TaskKind? Step { get; init; }
    public required string Message { get; init; } // of the cause
    public string? Why { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>One episode of a job.</summary>
internal sealed class RetryItem
{
    public const string Requested = "requested";
    public const string Refused = "refused";

    public Guid JobId { get; init; }
    public Guid EpisodeId { get; init; }
    public string? Result { get; set; } // null before its turn
    public string? Note { get; set; } // why it was refused
    public DateTimeOffset At { get; set; } // of the job, then of the result
}
