namespace Podcast.Orchestrator.Episodes;

/// <summary>Derived properties of an episode, and the messages built from it.</summary>
internal static class EpisodeStateExtensions
{
    public static bool HasSource(this EpisodeState episode) =>
        episode.Source.FileId is { Length: > 0 } || episode.Source.Url is not null;

    public static bool IsAtWork(this EpisodeState episode) =>
        episode.CurrentState is nameof(EpisodeStateMachine.Processing) or nameof(EpisodeStateMachine.Completing);

    public static bool AwaitsTranscript(this EpisodeState episode) =>
        episode.Transcript.IsOpen && episode.Tasks[TaskKind.TranscriptGeneration] is { State: TaskState.Completed, Objection: null };

    public static bool AwaitsCheck(this EpisodeState episode) =>
        episode.Check.IsOpen && episode.Tasks.Entries.Exists(entry => entry.State == TaskState.Completed);

    /// <summary>True if a task or a follow-up has no result yet.</summary>
    public static bool IsUnfinished(this EpisodeState episode) =>
        !episode.Tasks.IsSettled || episode.AwaitsTranscript() || episode.AwaitsCheck();

    public static IReadOnlyList<EpisodeOutput> Outputs(this EpisodeState episode) => episode.Tasks.Entries
        .Where(entry => entry is { State: TaskState.Completed, Output: not null })
        .Select(entry => new EpisodeOutput(entry.Kind, entry.Output!))
        .ToList();

    /// <summary>The tasks or follow-ups without a result, as text for people.</summary>
    public static string Missing(this EpisodeState episode) => !episode.Tasks.IsSettled
        ? episode.Tasks.Missing()
        : string.Join(", ", new[] { episode.AwaitsTranscript() ? "the transcript's text" : null, episode.AwaitsCheck() ? "the look at the outputs" : null }
            .OfType<string>());

    public static RetrySchedule RetrySchedule(this EpisodeState episode, EpisodeStateMachine machine) =>
        new(machine.Options, episode.CorrelationId, episode.Source.DurationSeconds);

    /// <summary>
    /// Records the change of the current event. Further changes of the same event are ignored, since one event is one row of
    /// history.
    /// </summary>
    public static void RecordChange(
        this EpisodeState episode, DateTimeOffset at, string what, TaskKind? task = null, string by = "orchestrator", string? why = null) =>
        episode.Change ??= new EpisodeChange(at, what, task, by, why);

    /// <summary>Records that Ittybit cannot be called for a while, and extends the deadline by that time.</summary>
    public static void WaitForLane(this EpisodeState episode, DateTimeOffset until, DateTimeOffset now)
    {
        episode.DeadlineAt += LaneWait.Beyond(episode.LaneUntil, until, now);
        if (!(episode.LaneUntil >= until))
            episode.LaneUntil = until;
    }

    /// <summary>
    /// Ends the wait for the lane before the reported time, and takes the unused part of the wait off the deadline.
    /// </summary>
    public static void EndLaneWait(this EpisodeState episode, DateTimeOffset now)
    {
        if (episode.LaneUntil is { } until)
            episode.DeadlineAt -= LaneWait.Beyond(known: null, until, now);
        episode.LaneUntil = null;
    }

    public static DateTimeOffset? NextMoment(this EpisodeState episode)
    {
        if (!episode.IsAtWork())
            return null;

        var next = episode.Tasks.IsSettled
            ? Earlier(episode.AwaitsTranscript() ? episode.Transcript.NextAt : null, episode.AwaitsCheck() ? episode.Check.NextAt : null)
            : episode.Tasks.NextAt;
        return Earlier(next, episode.DeadlineAt);
    }

    public static EpisodeProcessed Processed(this EpisodeState episode) => new(
        episode.CorrelationId,
        episode.OwnerId,
        episode.Title,
        episode.Description,
        episode.Outputs(),
        episode.ProcessingCompletedAt!.Value);

    public static EpisodeChanged Snapshot(this EpisodeState episode, EpisodeChange change) => new(
        episode.CorrelationId,
        episode.Version,
        episode.OwnerId,
        episode.Title,
        episode.Description,
        episode.Source,
        episode.Priority,
        Enum.Parse<EpisodeStatus>(episode.CurrentState),
        episode.Reason,
        episode.MediaId,
        episode.Tasks.Entries.Select(Snapshot).ToList(),
        episode.CreatedAt,
        episode.ProcessingStartedAt,
        episode.ProcessingCompletedAt,
        episode.DueAt,
        episode.IsAtWork() ? episode.DeadlineAt : null,
        change);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    private static TaskSnapshot Snapshot(TaskEntry entry) => new(
        entry.Kind,
        entry.State,
        entry.Required,
        entry.Attempt,
        entry.IttybitTaskId,
        entry.Percent,
        entry.Output,
        entry.Objection ?? entry.Error,
        entry.UpdatedAt,
        entry.RequestedAt,
        entry.StartedAt,
        entry.NextAt,
        entry.DeadlineAt);
}
