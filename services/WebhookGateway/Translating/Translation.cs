using Podcast.Contracts;
using Podcast.Ittybit.Client;
using Podcast.WebhookGateway.Receiving;

namespace Podcast.WebhookGateway.Translating;

/// <summary>From Ittybit's words to ours. Judges nothing: a completion without an output is still one.</summary>
internal static class Translation
{
    private const int LongestWord = 50;

    /// <summary>The event of a delivery whose address names the attempt.</summary>
    public static object Of(IttybitTask task, TaskName name, DateTimeOffset at) => task.Outcome switch
    {
        IttybitOutcome.Succeeded => new TaskCompleted(
            name.EpisodeId, name.Kind, name.Attempt, task.Id, Output(task.Output) ?? new TaskOutput(null, null), at),
        IttybitOutcome.Failed => new TaskFailed(
            name.EpisodeId, name.Kind, name.Attempt, task.Id, Reason(task), !IttybitDialect.IsFinal(task.Error), at),
        _ => new TaskProgressed(name.EpisodeId, name.Kind, name.Attempt, task.Id, Word(task), task.Progress, at),
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
        Word(task),
        task.Progress,
        Output(task.Output),
        task.Outcome == IttybitOutcome.Failed ? Reason(task) : task.Error,
        !IttybitDialect.IsFinal(task.Error),
        at);

    /// <summary>Ittybit's status word, kept as it came but for what cannot be shown.</summary>
    public static string Word(IttybitTask task) => new([.. task.Status.Where(letter => !char.IsControl(letter)).Take(LongestWord)]);

    private static string Reason(IttybitTask task) => task.Error ?? $"Ittybit says: {Word(task)}.";

    private static TaskOutput? Output(IttybitFile? file) => file is null
        ? null
        : new TaskOutput(file.Id, file.Url is { IsAbsoluteUri: true, Scheme: "https" or "http" } url ? url : null, file.Type, file.Duration, file.Filesize);
}
