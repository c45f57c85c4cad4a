namespace Podcast.Ingest.Api.Actions;

/// <summary>
/// Checks an action against the read model; returns null if it is allowed. The orchestrator decides finally: this check only
/// rejects commands early that it would ignore.
/// </summary>
internal static class ActionRules
{
    private static readonly string held = Status.Of(EpisodeStatus.Held);
    private static readonly string completing = Status.Of(EpisodeStatus.Completing);
    private static readonly string[] atRest = [Status.Of(EpisodeStatus.Processed), Status.Of(EpisodeStatus.Cancelled)];

    /// <param name="kinds">The tasks to retry; null means every failed one.</param>
    public static ProblemHttpResult? RefuseRetry(Episode episode, IReadOnlyList<TaskKind>? kinds, bool now)
    {
        if (episode.Tasks.Count > 0 && kinds?.Except(episode.Tasks.Select(task => task.Type)).ToArray() is [var foreign, ..])
            return Refusals.Unprocessable("No such task", "tasks", $"names {foreign.WireName()}, which this episode does not have.");
        if (RefuseBeforeWork(episode) is { } tooEarly)
            return tooEarly;
        if (atRest.Contains(episode.Status))
            return Refusals.Conflict($"The episode is {episode.Status}: there is nothing to retry.");
        if (episode.Status == held || (episode.Status == completing && now && kinds is null))
            return null;
        if (episode.Status == completing)
            return Refusals.Conflict(
                "The episode is completing: all its tasks are done. What follows them is tried again at once with \"now\": true and no tasks.");

        var asked = episode.Tasks.Where(task => kinds?.Contains(task.Type) ?? true).ToArray();
        if (kinds is not null && Array.Find(asked, task => !CanRetry(task, now)) is { } wrong)
            return Refusals.Conflict(IsUnderWay(wrong)
                ? $"{wrong.Type.WireName()} has been asked for already."
                : $"{wrong.Type.WireName()} is {WireNames<TaskState>.Of(wrong.Status)}, not failed.");

        return asked.Any(task => CanRetry(task, now)) ? null : Refusals.Conflict("No task has failed.");
    }

    public static ProblemHttpResult? RefuseCancel(Episode episode) => atRest.Contains(episode.Status)
        ? Refusals.Conflict($"The episode is {episode.Status}: no work is left to stop.")
        : RefuseBeforeWork(episode);

    public static ProblemHttpResult? RefuseResume(Episode episode) =>
        episode.Status == held ? null : Refusals.Conflict($"The episode is {episode.Status}, not held.");

    public static ProblemHttpResult? RefuseRepublish(Episode episode) =>
        episode.Status == Status.AwaitingUpload ? RefuseBeforeWork(episode) : null;

    private static ProblemHttpResult? RefuseBeforeWork(Episode episode) => episode.Status switch
    {
        Status.AwaitingUpload => Refusals.Conflict("The episode still waits for its upload."),
        Status.Uploaded => Refusals.Conflict("Work on the episode has not begun yet: try again in a moment."),
        _ => null,
    };

    private static bool CanRetry(ProcessingTask task, bool now) =>
        task.Status == TaskState.Failed || (now && task.Status == TaskState.Pending && !IsUnderWay(task));

    /// <summary>The command is not answered yet; a second one would find the task only after the first created it.</summary>
    private static bool IsUnderWay(ProcessingTask task) => task is { Status: TaskState.Pending, RequestedAt: not null };
}
