using Podcast.Contracts;

namespace Podcast.Ingest.Api.Requests;

/// <summary>The words for tasks that people may use: those of the wire, and short ones.</summary>
internal static class TaskNames
{
    private static readonly (string Short, TaskKind Kind)[] words =
    [
        ("audio", TaskKind.AudioExtraction),
        ("video", TaskKind.VideoTranscode),
        ("transcript", TaskKind.TranscriptGeneration),
        ("chapters", TaskKind.ChapterDetection),
    ];

    /// <summary>For messages.</summary>
    public static string All { get; } = string.Join(", ", words.Select(word => $"{word.Short} ({word.Kind.Word()})"));

    public static TaskKind? Parse(string word) =>
        TaskKindWords.Parse(word) ?? words.Where(pair => pair.Short == word).Select(pair => (TaskKind?)pair.Kind).FirstOrDefault();

    /// <summary>As one column keeps them.</summary>
    public static string? Join(IReadOnlyList<TaskKind>? kinds) =>
        kinds is null ? null : string.Join(',', kinds.Select(kind => kind.Word()));

    /// <summary>What <see cref="Join"/> made, as a plan; null is the default plan.</summary>
    public static IReadOnlyList<PlannedTask>? Plan(string? joined) =>
        joined?.Split(',').Select(word => new PlannedTask(TaskKindWords.Parse(word)!.Value)).ToArray();
}
