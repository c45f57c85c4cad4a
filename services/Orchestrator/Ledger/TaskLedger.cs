namespace Podcast.Orchestrator.Ledger;

/// <summary>The tasks of an episode. There are no counters: whether the episode is done is derived from the entries.</summary>
public sealed class TaskLedger
{
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

    internal static TaskLedger Plan(IReadOnlyList<PlannedTask>? tasks, DateTimeOffset now, OrchestratorOptions options)
    {
        var plan = tasks is { Count: > 0 } ? tasks : TaskDefinition.All.Where(task => task.IsDefault).Select(task => new PlannedTask(task.Kind));
        return new()
        {
            Entries = [.. plan.DistinctBy(task => task.Kind).Select(task => TaskEntry.Of(task, options.MaxAttemptsOf(task.Kind), now))],
        };
    }

    /// <summary>The tasks in <paramref name="state"/> that must be acted on.</summary>
    internal IEnumerable<TaskEntry> Due(TaskState state, DateTimeOffset now) =>
        Entries.Where(entry => entry.State == state && entry.NextAt <= now);

    /// <summary>Each failed task with its reason, as text for people.</summary>
    internal string Failures() =>
        string.Join("; ", Entries.Where(entry => entry.State == TaskState.Failed).Select(entry => $"{entry.Kind.WireName()}: {entry.Error}"));

    /// <summary>Each output that cannot be used as it is, as text for people.</summary>
    internal string Objections() =>
        string.Join("; ", Entries.Where(entry => entry.Objection is not null).Select(entry => $"{entry.Kind.WireName()}: {entry.Objection}"));

    private static bool IsFailure(TaskEntry entry) => entry is { Required: true, Waived: false, State: TaskState.Failed };
}
