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

    internal bool HasSource => Source.FileId is { Length: > 0 } || Source.Url is not null;

    internal bool IsAtWork => CurrentState is nameof(EpisodeStateMachine.Processing) or nameof(EpisodeStateMachine.Completing);

    internal bool AwaitsTranscript =>
        Transcript.IsOpen && Tasks[TaskKind.TranscriptGeneration] is { State: TaskState.Completed, Objection: null };

    internal bool AwaitsCheck => Check.IsOpen && Tasks.Entries.Exists(entry => entry.State == TaskState.Completed);

    /// <summary>True if a task or a follow-up has no result yet.</summary>
    internal bool IsUnfinished => !Tasks.IsSettled || AwaitsTranscript || AwaitsCheck;

    /// <summary>True if nothing is awaited but what the plan does not require.</summary>
    internal bool MissesOnlyExtras => Tasks.IsSettled
        ? AwaitsTranscript && !Tasks[TaskKind.TranscriptGeneration]!.Required && !AwaitsCheck
        : Tasks.Entries.TrueForAll(entry => entry.IsSettled || !entry.Required);

    internal IReadOnlyList<EpisodeOutput> Outputs =>
    [
        .. Tasks.Entries
            .Where(entry => entry is { State: TaskState.Completed, Output: not null })
            .Select(entry => new EpisodeOutput(entry.Kind, entry.Output!)),
    ];

    /// <summary>The tasks or follow-ups without a result, as text for people.</summary>
    internal string Missing => (Tasks.IsSettled, AwaitsTranscript, AwaitsCheck) switch
    {
        (false, _, _) => Tasks.Missing(),
        (_, true, true) => "the transcript's text, the look at the outputs",
        (_, true, false) => "the transcript's text",
        (_, false, true) => "the look at the outputs",
        _ => "",
    };

    /// <summary>Records that Ittybit cannot be called for a while, and extends the deadline by that time.</summary>
    internal void WaitForLane(DateTimeOffset until, DateTimeOffset now)
    {
        DeadlineAt += RetrySchedule.Beyond(LaneUntil, until, now);
        if (!(LaneUntil >= until))
            LaneUntil = until;
    }

    /// <summary>
    /// Ends all waits for the lane before the reported time, and takes the unused part of the wait off the deadline.
    /// </summary>
    internal void SkipLaneWaits(DateTimeOffset now)
    {
        if (LaneUntil is { } until)
            DeadlineAt -= RetrySchedule.Beyond(known: null, until, now);
        LaneUntil = null;
        Tasks.Entries.ForEach(entry => entry.SkipLaneWait(now));
        Transcript.SkipLaneWait(now);
        Check.SkipLaneWait(now);
    }

    /// <summary>Gives the episode the full time again, from when the provider can be called.</summary>
    internal void RenewDeadline(DateTimeOffset now, OrchestratorOptions options) =>
        DeadlineAt = (LaneUntil > now ? LaneUntil.Value : now) + options.EpisodeDeadline;

    /// <summary>When the episode must act if no event arrives before.</summary>
    internal DateTimeOffset? NextMoment()
    {
        if (!IsAtWork)
            return null;

        DateTimeOffset?[] moments = Tasks.IsSettled
            ? [AwaitsTranscript ? Transcript.NextAt : null, AwaitsCheck ? Check.NextAt : null, DeadlineAt]
            : [Tasks.NextAt, DeadlineAt];
        return moments.Min();
    }

    internal EpisodeChanged Snapshot(EpisodeChange change) => new(
        CorrelationId, Version, OwnerId, Title, Description, Source, Priority, Enum.Parse<EpisodeStatus>(CurrentState), Reason, MediaId,
        [.. Tasks.Entries.Select(entry => entry.Snapshot())], CreatedAt, ProcessingStartedAt, ProcessingCompletedAt,
        DueAt, IsAtWork ? DeadlineAt : null, change);
}
