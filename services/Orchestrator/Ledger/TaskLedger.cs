namespace Podcast.Orchestrator.Ledger;

/// <summary>The tasks of an episode. There are no counters: whether the episode is done is derived from the entries.</summary>
public sealed class TaskLedger
{
    /// <summary>The plan of the tutorial.</summary>
    public static readonly IReadOnlyList<PlannedTask> DefaultPlan =
    [
        new(TaskKind.AudioExtraction),
        new(TaskKind.VideoTranscode),
        new(TaskKind.TranscriptGeneration),
    ];

    public List<TaskEntry> Entries { get; init; } = [];

    internal bool IsSettled => Entries.TrueForAll(entry => entry.IsSettled);

    internal bool HasFailures => Entries.Exists(IsFailure);

    /// <summary>
    /// True if Ittybit accepted all missing tasks and no longer knows them. A new attempt may well succeed, so a user decides.
    /// </summary>
    internal bool IsOnlyLost => Entries.Where(IsFailure).All(entry => entry.Lost);

    internal bool HasObjections => Entries.Exists(entry => entry is { Required: true, Objection: not null });

    /// <summary>The earliest time at which a task must be acted on if no event arrives before.</summary>
    internal DateTimeOffset? NextAt => Entries
        .Where(entry => !entry.IsSettled)
        .Select(entry => entry.DeadlineAt < entry.NextAt ? entry.DeadlineAt : entry.NextAt)
        .Min();

    internal TaskEntry? this[TaskKind kind] => Entries.Find(entry => entry.Kind == kind);

    internal static TaskLedger Plan(IReadOnlyList<PlannedTask>? tasks, DateTimeOffset now, OrchestratorOptions options) => new()
    {
        Entries = (tasks is { Count: > 0 } ? tasks : DefaultPlan)
            .DistinctBy(task => task.Kind)
            .Select(task => new TaskEntry
            {
                Kind = task.Kind,
                Required = task.Required,
                Options = task.Options,
                LastAttempt = options.MaxAttemptsOf(task.Kind),
                NextAt = now,
                UpdatedAt = now,
            })
            .ToList(),
    };

    internal IEnumerable<TaskEntry> ToAsk(DateTimeOffset now) =>
        Entries.Where(entry => entry.State == TaskState.Pending && entry.NextAt <= now);

    internal IEnumerable<TaskEntry> ToCheck(DateTimeOffset now) =>
        Entries.Where(entry => entry.State == TaskState.Processing && entry.NextAt <= now);

    internal IEnumerable<TaskEntry> Overdue(DateTimeOffset now) =>
        Entries.Where(entry => entry.State == TaskState.Processing && entry.DeadlineAt <= now);

    /// <summary>Each failed task with its reason, as text for people.</summary>
    internal string Failures() => string.Join("; ", Entries
        .Where(entry => entry.State == TaskState.Failed)
        .Select(entry => $"{entry.Kind.WireName()}: {entry.Error}"));

    /// <summary>Each output that cannot be used as it is, as text for people.</summary>
    internal string Objections() => string.Join("; ", Entries
        .Where(entry => entry.Objection is not null)
        .Select(entry => $"{entry.Kind.WireName()}: {entry.Objection}"));

    /// <summary><see cref="Failures"/> of lost tasks, with the hint that a retry makes a new attempt.</summary>
    internal string Losses() => $"{Failures()} A retry has it made anew, under a new attempt.";

    internal void Waive(DateTimeOffset now) => Entries.ForEach(entry => entry.Waive(now));

    /// <summary>The tasks that are not settled, as text for people.</summary>
    internal string Missing() => string.Join(", ", Entries.Where(entry => !entry.IsSettled).Select(entry => entry.Kind.WireName()));

    private static bool IsFailure(TaskEntry entry) => entry is { Required: true, Waived: false, State: TaskState.Failed };
}
