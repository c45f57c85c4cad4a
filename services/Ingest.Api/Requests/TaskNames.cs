namespace Podcast.Ingest.Api.Requests;

/// <summary>The task names that requests may use: the wire names, and short ones.</summary>
internal static class TaskNames
{
    public static string All { get; } = string.Join(", ", TaskKindNames.ShortNames.Select(kind => $"{kind.Value} ({kind.Key.WireName()})"));

    public static TaskKind? Parse(string? word) =>
        TaskKindNames.Parse(word)
        ?? TaskKindNames.ShortNames.Where(kind => kind.Value == word).Select(kind => (TaskKind?)kind.Key).FirstOrDefault();

    /// <summary>The kinds that a valid request names.</summary>
    public static IReadOnlyList<TaskKind>? Kinds(IReadOnlyList<string>? words) => words?.Select(word => Parse(word)!.Value).ToArray();

    /// <summary>The wire names, separated by commas, for one database column.</summary>
    public static string? Join(IReadOnlyList<string>? words) =>
        words is null ? null : string.Join(',', Kinds(words)!.Select(kind => kind.WireName()));

    /// <summary>The plan from the result of <see cref="Join"/>; null means the default plan.</summary>
    public static IReadOnlyList<PlannedTask>? Plan(string? joined) =>
        Kinds(joined?.Split(','))?.Select(PlannedTask.Of).ToArray();
}

/// <summary>Each item must be a task name, and none may name a task a second time.</summary>
internal sealed class TaskNamesAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var kinds = (value as IReadOnlyList<string?> ?? []).Take(20).Select(TaskNames.Parse).ToArray();
        if (Items(index => kinds[index] is null) is { Length: > 0 } unknown)
            return new ValidationResult($"must be one of {TaskNames.All}.", unknown);
        if (Items(index => kinds.AsSpan(0, index).Contains(kinds[index])) is { Length: > 0 } repeated)
            return new ValidationResult("asks for a task a second time.", repeated);
        return ValidationResult.Success;

        string[] Items(Func<int, bool> areWrong) =>
            [.. Enumerable.Range(0, kinds.Length).Where(areWrong).Select(index => $"{validationContext.MemberName}[{index}]")];
    }
}

/// <summary>A text without control characters.</summary>
internal sealed class PlainTextAttribute : RegularExpressionAttribute
{
    /// <param name="lines">Allows line breaks and tabs.</param>
    public PlainTextAttribute(bool lines = false)
        : base(lines ? @"[\P{Cc}\r\n\t]*" : @"\P{Cc}*") => ErrorMessage = "must not contain control characters.";
}
