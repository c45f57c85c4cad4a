using Podcast.Contracts;
using Podcast.Ittybit;

namespace Podcast.Processing.Asking;

/// <summary>From Ittybit's answers to our events, as the gateway does it for Ittybit's webhooks.</summary>
internal static class TaskEvents
{
    /// <summary>How the task stands, after Ittybit was asked for it: no output means that there is none.</summary>
    public static object Of(IttybitTask task, TaskName name, DateTimeOffset at) => Outcome(task, name, at) switch
    {
        TaskCompleted completed => completed with { Checked = true },
        null => new TaskProgressed(name.EpisodeId, name.Kind, name.Attempt, task.Id, task.Word, task.Progress, at),
        var ended => ended,
    };

    /// <summary>How the task ended; null while it has not.</summary>
    public static object? Outcome(IttybitTask task, TaskName name, DateTimeOffset at) => task.Outcome switch
    {
        IttybitOutcome.Succeeded => new TaskCompleted(name.EpisodeId, name.Kind, name.Attempt, task.Id, Output(task.Output), at),
        IttybitOutcome.Failed => new TaskFailed(
            name.EpisodeId, name.Kind, name.Attempt, task.Id, task.Reason, task.IsWorthAnotherTry, at),
        _ => null,
    };

    private static TaskOutput Output(IttybitFile? file) => new(file?.Id, file?.WebUrl, file?.Type, file?.Duration, file?.Filesize);
}
