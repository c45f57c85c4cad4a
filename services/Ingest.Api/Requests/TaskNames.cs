namespace Podcast.Ingest.Api.Requests;

/// <summary>The task names that requests may use: the wire names, and short ones.</summary>
internal static class TaskNames
{
    /// <summary>All names, for error messages.</summary>
    public static string All { get; } = string.Join(", ", TaskKindNames.ShortNames.Select(kind => $"{kind.Value} ({kind.Key.WireName()})"));

    public static TaskKind? Parse(string word) =>
        TaskKindNames.Parse(word)
        ?? TaskKindNames.ShortNames.Where(kind => kind.Value == word).Select(kind => (TaskKind?)kind.Key).FirstOrDefault();

    /// <summary>The wire names, separated by commas, for one database column.</summary>
    public static string? Join(IReadOnlyList<TaskKind>? kinds) =>
        kinds is null ? null : string.Join(',', kinds.Select(kind => kind.WireName()));

    /// <summary>The plan from the result of <see cref="Join"/>; null means the default plan.</summary>
    public static IReadOnlyList<PlannedTask>? Plan(string? joined) =>
        joined?.Split(',').Select(word => new PlannedTask(TaskKindNames.Parse(word)!.Value)).ToArray();
}
