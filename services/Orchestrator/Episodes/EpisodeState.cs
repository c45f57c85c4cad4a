using Podcast.Sweeping;

namespace Podcast.Orchestrator.Episodes;

/// <summary>The saga instance of an episode.</summary>
public sealed class EpisodeState : SagaStateMachineInstance, IDue
{
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = "";

    /// <summary>The number of changes.</summary>
    public int Version { get; set; }

    /// <summary>The newest version whose snapshot was published.</summary>
    public int PublishedVersion { get; set; }
    public string OwnerId { get; set; } = "";
    public string Title { get; set; } = "";
    public string? Description { get; set; }
    public EpisodeSource Source { get; set; } = new(null, null);
    public EpisodePriority Priority { get; set; }
    public string? MediaId { get; set; }

    /// <summary>The slug of the owner's show, for other services; null if the upload named none.</summary>
    public string? Show { get; set; }

    /// <summary>For other services.</summary>
    public EpisodeDetails? Details { get; set; }

    /// <summary>Why the episode is held, failed or cancelled; text for people.</summary>
    public string? Reason { get; set; }
    public TaskLedger Tasks { get; set; } = new();

    /// <summary>Storing the transcript in our own database.</summary>
    public FollowUp Transcript { get; set; } = new();
    public FollowUp Check { get; set; } = new();
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ProcessingStartedAt { get; set; }
    public DateTimeOffset? ProcessingCompletedAt { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public int DueClaims { get; set; }

    /// <summary>When the episode is held for a user's decision unless it is processed before.</summary>
    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>Until when the provider cannot be called for this episode, as last reported; past or null if it can.</summary>
    public DateTimeOffset? LaneUntil { get; set; }

    /// <summary>The newest changes: those that the next snapshot announces or, if there are none, that the last one did.</summary>
    public List<EpisodeChange> RecentChanges { get; set; } = [];

    internal bool HasSource => Source.FileId is { Length: > 0 } || Source.Url is not null;
    internal bool IsAtWork => CurrentState is nameof(EpisodeStateMachine.Processing) or nameof(EpisodeStateMachine.Completing);
    internal bool AwaitsTranscript =>
        Transcript.IsOpen && Tasks[TaskKind.TranscriptGeneration] is { State: TaskState.Completed, Objection: null };
    internal bool AwaitsCheck => Check.IsOpen && Tasks.Entries.Exists(entry => entry.State == TaskState.Completed);
    internal bool IsUnfinished => !Tasks.IsSettled || AwaitsTranscript || AwaitsCheck;

    /// <summary>True if nothing is awaited but what the plan does not require.</summary>
    internal bool MissesOnlyExtras => Tasks.IsSettled
        ? AwaitsTranscript && !Tasks[TaskKind.TranscriptGeneration]!.Required && !AwaitsCheck
        : Tasks.Entries.TrueForAll(entry => entry.IsSettled || !entry.Required);

    /// <summary>The tasks or follow-ups without a result, as text for people.</summary>
    internal string Missing => string.Join(", ", Tasks.IsSettled
        ? new[] { AwaitsTranscript ? "the transcript's text" : null, AwaitsCheck ? "the look at the outputs" : null }.OfType<string>()
        : Tasks.Entries.Where(entry => !entry.IsSettled).Select(entry => entry.Kind.WireName()));

    /// <summary>When the episode must act if no event arrives before.</summary>
    internal DateTimeOffset? NextMoment => (IsAtWork, Tasks.IsSettled) switch
    {
        (false, _) => null,
        (_, false) => Earliest(Tasks.NextAt, DeadlineAt),
        _ => Earliest(AwaitsTranscript ? Transcript.NextAt : null, AwaitsCheck ? Check.NextAt : null, DeadlineAt),
    };

    /// <summary>What follows when all tasks are settled, and why it is held or failed. No other code decides this.</summary>
    internal (EpisodeStatus Next, string? Reason) Decide(OrchestratorOptions options) => Tasks switch
    {
        { HasFailures: true, IsOnlyLost: true } =>
            (EpisodeStatus.Held, $"{Tasks.Failures()} A retry has it made anew, under a new attempt."),
        { HasFailures: true } => (options.HoldWhenAttemptsAreUsedUp ? EpisodeStatus.Held : EpisodeStatus.Failed, Tasks.Failures()),
        _ when AwaitsTranscript || AwaitsCheck => (EpisodeStatus.Completing, null),
        { HasObjections: true } => (EpisodeStatus.Held, Tasks.Objections()),
        _ => (EpisodeStatus.Processed, null),
    };

    /// <summary>Records that Ittybit cannot be called for a while, and extends the deadline by that time.</summary>
    internal void WaitForLane(DateTimeOffset until, DateTimeOffset now)
    {
        DeadlineAt += RetrySchedule.Beyond(LaneUntil, until, now);
        if (!(LaneUntil >= until))
            LaneUntil = until;
    }

    /// <summary>Ends all waits for the lane before the reported time, and takes the unused part off the deadline.</summary>
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

    /// <summary>Gives an episode that returns to work, and its running tasks, the full time again.</summary>
    internal void BeginTerm(DateTimeOffset now, OrchestratorOptions options, RetrySchedule schedule)
    {
        RenewDeadline(now, options);
        Tasks.Entries.ForEach(entry => entry.BeginTerm(now, schedule));
    }

    internal void Complete(DateTimeOffset now) => (Reason, ProcessingCompletedAt) = (null, now);

    internal void Add(EpisodeChange change)
    {
        RecentChanges = PublishedVersion == Version ? [change] : [.. RecentChanges, change];
        Version++;
    }

    /// <summary>
    /// True if a change needs no snapshot of its own, because an answer that is on its way makes the next one: the other tasks of
    /// an episode start at almost the same time, and so do the answers of the follow-ups.
    /// </summary>
    internal bool CanWait(EpisodeChange change) => IsAtWork && change.What switch
    {
        "task_started" => Tasks.Entries.Exists(task => task is { State: TaskState.Pending, RequestedAt: not null }),
        "transcript_stored" or "outputs_checked" => AwaitsTranscript || AwaitsCheck,
        _ => false,
    };

    private static DateTimeOffset? Earliest(params DateTimeOffset?[] times) => times.Min();
}
