using Podcast.Contracts;

namespace Podcast.Ingest.Api.Requests;

/// <summary>The task names that requests may use: the wire names, and short ones.</summary>
internal static class TaskNames
{
    private static readonly (string Short, TaskKind Kind)[] words =
    [
        ("audio", TaskKind.AudioExtraction),
        ("video", TaskKind.VideoTranscode),
        ("transcript", TaskKind.TranscriptGeneration),
        ("chapters", TaskKind.ChapterDetection),
    ];

    /// <summary>All names, for error messages.</summary>
    public static string All { get; } = string.Join(", ", words.Select(word => $"{word.Short} ({word.Kind.Word()})"));

    public static TaskKind? Parse(string word) =>
        TaskKindWords.Parse(word) ?? words.Where(pair => pair.Short == word).Select(pair => (TaskKind?)pair.Kind).FirstOrDefault();

    /// <summary>The wire names, separated by commas, for one database column.</summary>
    public static string? Join(IReadOnlyList<TaskKind>? kinds) =>
        kinds is null ? null : string.Join(',', kinds.Select(kind => kind.Word()));

    /// <summary>The plan from the result of <see cref="Join"/>; null means the default plan.</summary>
    public static IReadOnlyList<PlannedTask>? Plan(string? joined) =>
        joined?.Split(',').Select(word => new PlannedTask(TaskKindWords.Parse(word)!.Value)).ToArray();
}
