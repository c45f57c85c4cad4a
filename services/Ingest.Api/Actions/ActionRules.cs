using Podcast.Contracts;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.Actions;

/// <summary>
/// Whether an action makes sense for an episode as we know it: null, or why not. The orchestrator has the last word; this spares people an
/// order that it would ignore.
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
        if (episode.Status == completing || atRest.Contains(episode.Status))
            return $"The episode is {episode.Status}: there is nothing to retry.";
        if (episode.Status == held)
            return null;

        var asked = episode.Tasks.Where(task => request.Tasks?.Contains(task.Type) ?? true).ToArray();
        if (request.Tasks is not null && asked.FirstOrDefault(task => !CanRetry(task, request.Now)) is { } wrong)
            return $"{wrong.Type.Word()} is {Words<TaskState>.Of(wrong.Status)}, not failed.";

        return asked.Any(task => CanRetry(task, request.Now)) ? null : "No task has failed.";
    }

    public static string? WhyNotCancel(Episode episode) =>
        WhyNotYet(episode) ?? (atRest.Contains(episode.Status) ? $"The episode is {episode.Status}: no work is left to stop." : null);

    public static string? WhyNotResume(Episode episode) =>
        episode.Status == held ? null : $"The episode is {episode.Status}, not held.";

    private static string? WhyNotYet(Episode episode) => episode.Status switch
    {
        Status.AwaitingUpload => "The episode still waits for its upload.",
        Status.Uploaded => "Work on the episode has not begun yet: try again in a moment.",
        _ => null,
    };

    private static bool CanRetry(ProcessingTask task, bool now) =>
        task.Status == TaskState.Failed || (now && task.Status == TaskState.Pending);
}
