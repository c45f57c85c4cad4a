namespace Podcast.OperatorsConsole.Parts;

/// <summary>Says in a sentence how an episode stands: why it is not done, or how it ended.</summary>
internal static class Sentence
{
    public static string? Of(Episode episode) => episode switch
    {
        { WaitingFor: { } sentence } => sentence,
        { Status: "processed", ProcessingStartedAt: { } begin, ProcessingCompletedAt: { } end } => Texts.Took(end - begin),
        { Status: "failed" } when Failed(episode) is { Length: > 0 } failed => failed,
        _ => episode.Reason,
    };

    private static string Failed(Episode episode) => string.Join(' ', episode.Tasks
        .Where(task => task is { Status: "failed", Required: true, Error: not null })
        .Select(task => $"{Texts.Kind(task.Type)}: {task.Error}"));
}
