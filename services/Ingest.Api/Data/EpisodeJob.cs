using Podcast.Ingest.Api.Jobs;

namespace Podcast.Ingest.Api.Data;

/// <summary>An owner's command to do the same with many episodes.</summary>
internal sealed class EpisodeJob
{
    public Guid Id { get; init; }
    public required string UserId { get; init; }
    public string? By { get; init; } // the person; null in jobs of former versions: the owner
    public string Action { get; init; } = JobAction.Retry; // a name of JobAction
    public TaskKind? Step { get; init; } // of the cause
    public required string Message { get; init; } // the cause, or which episodes it is
    public string? Why { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }

    public string AskedBy => By ?? UserId;
}

/// <summary>One episode of a job.</summary>
internal sealed class JobItem
{
    public const string Requested = "requested";
    public const string Refused = "refused";

    public Guid JobId { get; init; }
    public Guid EpisodeId { get; init; }
    public string? Result { get; set; } // null before its turn
    public string? Note { get; set; } // why it was refused
    public DateTimeOffset At { get; set; } // of the job, then of the result
}
