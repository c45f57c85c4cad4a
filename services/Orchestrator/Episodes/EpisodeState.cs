using MassTransit;
using Podcast.Contracts;
using Podcast.Orchestrator.Ledger;

namespace Podcast.Orchestrator.Episodes;

/// <summary>What the orchestrator knows of one episode.</summary>
public sealed class EpisodeState : SagaStateMachineInstance
{
    /// <summary>The episode's id.</summary>
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>Counts the changes that were told; gapless.</summary>
    public int Version { get; set; }

    public string OwnerId { get; set; } = "";

    public string Title { get; set; } = "";

    public string? Description { get; set; }

    public EpisodeSource Source { get; set; } = new(null, null);

    public EpisodePriority Priority { get; set; }

    public string? MediaId { get; set; }

    /// <summary>Why it is held, failed or cancelled; for people.</summary>
    public string? Reason { get; set; }

    public TaskLedger Tasks { get; set; } = new();

    /// <summary>How far the finished transcript is on its way into our own keeping.</summary>
    public FollowUp Transcript { get; set; } = new();

    /// <summary>How far the look at the outputs is.</summary>
    public FollowUp Check { get; set; } = new();

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ProcessingStartedAt { get; set; }

    public DateTimeOffset? ProcessingCompletedAt { get; set; }

    /// <summary>The earliest moment at which something must happen if nothing else does; the sweep finds it.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>How often the sweep has said so since the episode last heard anything.</summary>
    public int DueClaims { get; set; }

    /// <summary>When the episode is held for a person if it is not processed.</summary>
    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>Until when the provider cannot be asked about this episode, as far as we were told; past or null when it can.</summary>
    public DateTimeOffset? LaneUntil { get; set; }

    /// <summary>What the newest version changed, for who missed its snapshot.</summary>
    public EpisodeChange? LastChange { get; set; }

    /// <summary>What the event at hand changed, until it is told. Not stored.</summary>
    internal EpisodeChange? Change { get; set; }
}
