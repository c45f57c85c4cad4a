using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.WebhookGateway.Receiving;

namespace Podcast.WebhookGateway.Translating;

/// <summary>
/// From Ittybit's words to ours. Judges nothing: a completion without an output is still one. A file that comes instead of its task
/// names none, and what is not its completion is a hint for the orchestrator to ask.
/// </summary>
internal static class Translation
{
    /// <summary>The event of a delivery whose address names the attempt.</summary>
    public static object Of(IttybitTask task, TaskName name, DateTimeOffset at) => task.Outcome switch
    {
        IttybitOutcome.Succeeded => new TaskCompleted(
            name.EpisodeId, name.Kind, name.Attempt, task.Id, Output(task.Output) ?? new TaskOutput(null, null), at),
        IttybitOutcome.Failed => new TaskFailed(
            name.EpisodeId, name.Kind, name.Attempt, task.Id.Length > 0 ? task.Id : null, task.Reason,
            task.IsWorthAnotherTry, at),
        _ => new TaskProgressed(name.EpisodeId, name.Kind, name.Attempt, task.Id, task.Word, task.Progress, at),
    };

    /// <summary>The event of a delivery that names only Ittybit's task.</summary>
    public static TaskReported Report(IttybitTask task, DateTimeOffset at) => new(
        task.Id,
        task.Outcome switch
        {
            IttybitOutcome.Succeeded => TaskOutcome.Succeeded,
            IttybitOutcome.Failed => TaskOutcome.Failed,
            _ => TaskOutcome.InProgress,
        },
        task.Word,
        task.Progress,
        Output(task.Output),
        task.Outcome == IttybitOutcome.Failed ? task.Reason : task.Error,
        task.IsWorthAnotherTry,
        at);

    private static TaskOutput? Output(IttybitFile? file) =>
        file is null ? null : new TaskOutput(file.Id, file.WebUrl, file.Type, file.Duration, file.Filesize);
}
