namespace Podcast.Orchestrator.Episodes;

/// <summary>The saga instance of an episode.</summary>
public sealed class EpisodeState : SagaStateMachineInstance
{
    /// <summary>The id of the episode.</summary>
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The number of published changes; without gaps.</summary>
    public int Version { get; set; }

    public string OwnerId { get; set; } = "";

    public string Title { get; set; } = "";

    public string? Description { get; set; }

    public EpisodeSource Source { get; set; } = new(null, null);

    public EpisodePriority Priority { get; set; }

    public string? MediaId { get; set; }

    /// <summary>Why the episode is held, failed or cancelled; text for people.</summary>
    public string? Reason { get; set; }

    public TaskLedger Tasks { get; set; } = new();

    /// <summary>The progress of storing the transcript in our own database.</summary>
    public FollowUp Transcript { get; set; } = new();

    /// <summary>The progress of checking the outputs.</summary>
    public FollowUp Check { get; set; } = new();

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ProcessingStartedAt { get; set; }

    public DateTimeOffset? ProcessingCompletedAt { get; set; }

    /// <summary>The earliest time at which the episode must act if no event arrives before; the sweep reads it.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>How often the sweep has claimed the episode since its last event.</summary>
    public int DueClaims { get; set; }

    /// <summary>When the episode is held for a user's decision unless it is processed before.</summary>
    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>Until when the provider cannot be called for this episode, as last reported; past or null if it can.</summary>
    public DateTimeOffset? LaneUntil { get; set; }

    /// <summary>The change that the newest version made, to publish its snapshot again if it got lost.</summary>
    public EpisodeChange? LastChange { get; set; }

    /// <summary>The change that the current event makes, until it is published. Not stored.</summary>
    internal EpisodeChange? Change { get; set; }
}
