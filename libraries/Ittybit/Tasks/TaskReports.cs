namespace Podcast.Ittybit;

/// <summary>Maps Ittybit's tasks to our events. Webhooks, answers to our questions and new tasks all go through it.</summary>
public static class TaskReports
{
    /// <summary>The event for a task of which only Ittybit's id is known.</summary>
    public static TaskReported Report(this IttybitTask task, DateTimeOffset at) => new(
        task.Id,
        task.Outcome,
        task.Word,
        task.Progress,
        Output(task.Output),
        task.Outcome == TaskOutcome.Failed ? task.Reason : task.Error,
        task.IsWorthAnotherTry,
        at);

    /// <summary>The event for a task whose attempt is known; see <see cref="TaskReported.For"/>.</summary>
    public static object Event(this IttybitTask task, TaskAttempt attempt, DateTimeOffset at) =>
        task.Report(at).For(attempt.EpisodeId, attempt.Kind, attempt.Attempt);

    private static TaskOutput? Output(IttybitFile? file) =>
        file is null ? null : new TaskOutput(file.Id, file.WebUrl, file.Type, file.Duration, file.Filesize);
}
