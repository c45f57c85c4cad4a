namespace Podcast.Ingest.Api.Actions;

/// <summary>
/// Checks an action against the read model; returns null if it is allowed. The orchestrator decides finally: this check only
/// rejects commands early that it would ignore.
/// </summary>
internal static class ActionRules
{
    /// <summary>The actions that are allowed now, as <see cref="EpisodeView.Actions"/> names them.</summary>
    public static IReadOnlyList<string> Possible(Episode episode) =>
    [
        .. new (string Name, ProblemHttpResult? Refusal)[]
        {
            ("retry", RefuseRetry(episode, null, now: false)),
            ("retry_now", RefuseRetry(episode, null, now: true)),
            ("resume", RefuseResume(episode)),
            ("cancel", RefuseCancel(episode)),
        }.Where(action => action.Refusal is null).Select(action => action.Name),
    ];

    /// <param name="kinds">The tasks to retry; null means every failed one.</param>
    public static ProblemHttpResult? RefuseRetry(Episode episode, IReadOnlyList<TaskKind>? kinds, bool now)
    {
        if (episode.Tasks.Count > 0 && kinds?.Except(episode.Tasks.Select(task => task.Type)).ToArray() is [var foreign, ..])
            return Refusals.Unprocessable("No such task", "tasks", $"names {foreign.WireName()}, which this episode does not have.");

        return episode.Stage switch
        {
            null => RefuseBeforeWork(episode),
            EpisodeStatus.Processed or EpisodeStatus.Cancelled =>
                Refusals.Conflict($"The episode is {episode.Status}: there is nothing to retry."),
            EpisodeStatus.Held => null,
            EpisodeStatus.Completing => now && kinds is null ? null : Refusals.Conflict(
                "The episode is completing: all its tasks are done. "
                + "What follows them is tried again at once with \"now\": true and no tasks."),
            _ => RefuseTasks([.. episode.Tasks.Where(task => kinds?.Contains(task.Type) ?? true)], areNamed: kinds is not null, now),
        };
    }

    public static ProblemHttpResult? RefuseCancel(Episode episode) =>
        episode.Stage is EpisodeStatus.Processed or EpisodeStatus.Cancelled
            ? Refusals.Conflict($"The episode is {episode.Status}: no work is left to stop.")
            : RefuseBeforeWork(episode);

    public static ProblemHttpResult? RefuseResume(Episode episode) =>
        episode.Stage == EpisodeStatus.Held ? null : Refusals.Conflict($"The episode is {episode.Status}, not held.");

    public static ProblemHttpResult? RefuseRepublish(Episode episode) =>
        episode.Status == Status.AwaitingUpload ? RefuseBeforeWork(episode) : null;

    private static ProblemHttpResult? RefuseBeforeWork(Episode episode) => episode.Status switch
    {
        Status.AwaitingUpload => Refusals.Conflict("The episode still waits for its upload."),
        Status.Uploaded => Refusals.Conflict("Work on the episode has not begun yet: try again in a moment."),
        _ => null,
    };

    private static ProblemHttpResult? RefuseTasks(ProcessingTask[] tasks, bool areNamed, bool now)
    {
        // A second command would find a task that is under way only after the first has created it.
        bool IsUnderWay(ProcessingTask task) => task is { Status: TaskState.Pending, RequestedAt: not null };
        bool CanRetry(ProcessingTask task) =>
            task.Status == TaskState.Failed || (now && task.Status == TaskState.Pending && !IsUnderWay(task));

        if (areNamed && Array.Find(tasks, task => !CanRetry(task)) is { } wrong)
            return Refusals.Conflict(IsUnderWay(wrong)
                ? $"{wrong.Type.WireName()} has been asked for already."
                : $"{wrong.Type.WireName()} is {WireNames<TaskState>.Of(wrong.Status)}, not failed.");
        return tasks.Any(CanRetry) ? null : Refusals.Conflict("No task has failed.");
    }
}
