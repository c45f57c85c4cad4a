namespace Podcast.Ingest.Api.Actions;

/// <summary>
/// Checks an action against the read model; returns null if it is allowed, else the reason why not. The orchestrator decides
/// finally: this check only rejects commands early that it would ignore.
/// </summary>
internal static class ActionRules
{
    private static readonly string held = Status.Of(EpisodeStatus.Held);
    private static readonly string completing = Status.Of(EpisodeStatus.Completing);
    private static readonly string[] atRest = [Status.Of(EpisodeStatus.Processed), Status.Of(EpisodeStatus.Cancelled)];

    public static string? WhyNotRetry(Episode episode, RetryRequest request)
    {
        if (WhyNotYet(episode) is { } notYet)
            return notYet;
        if (atRest.Contains(episode.Status))
            return $"The episode is {episode.Status}: there is nothing to retry.";
        if (episode.Status == completing)
            return request is { Now: true, Tasks: null }
                ? null
                : "The episode is completing: all its tasks are done. What follows them is tried again at once with \"now\": true and no tasks.";
        if (episode.Status == held)
            return null;

        var asked = episode.Tasks.Where(task => request.Tasks?.Contains(task.Type) ?? true).ToArray();
        if (request.Tasks is not null && asked.FirstOrDefault(task => !CanRetry(task, request.Now)) is { } wrong)
            return WhyNotRetry(wrong);

        return asked.Any(task => CanRetry(task, request.Now)) ? null : "No task has failed.";
    }

    public static string? WhyNotCancel(Episode episode) =>
        WhyNotYet(episode) ?? (atRest.Contains(episode.Status) ? $"The episode is {episode.Status}: no work is left to stop." : null);

    public static string? WhyNotResume(Episode episode) =>
        episode.Status == held ? null : $"The episode is {episode.Status}, not held.";

    public static string? WhyNotRepublish(Episode episode) => episode.Status == Status.AwaitingUpload ? WhyNotYet(episode) : null;

    private static string? WhyNotYet(Episode episode) => episode.Status switch
    {
        Status.AwaitingUpload => "The episode still waits for its upload.",
        Status.Uploaded => "Work on the episode has not begun yet: try again in a moment.",
        _ => null,
    };

    private static string WhyNotRetry(ProcessingTask task) => IsUnderWay(task)
        ? $"{task.Type.WireName()} has been asked for already."
        : $"{task.Type.WireName()} is {WireNames<TaskState>.Of(task.Status)}, not failed.";

    private static bool CanRetry(ProcessingTask task, bool now) =>
        task.Status == TaskState.Failed || (now && task.Status == TaskState.Pending && !IsUnderWay(task));

    /// <summary>The command is not answered yet; a second one would find the task only after the first created it.</summary>
    private static bool IsUnderWay(ProcessingTask task) => task is { Status: TaskState.Pending, RequestedAt: not null };
}
