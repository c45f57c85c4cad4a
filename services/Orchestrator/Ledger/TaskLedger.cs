namespace Podcast.Orchestrator.Ledger;

/// <summary>The tasks of an episode. There are no counters: whether the episode is done is derived from the entries.</summary>
public sealed class TaskLedger
{
    public List<TaskEntry> Entries { get; init; } = [];

    internal bool IsSettled => Entries.TrueForAll(entry => entry.IsSettled);
    internal bool HasObjections => Entries.Exists(entry => entry.Objection is not null && Matters(entry));
    internal bool HasFailures => Entries.Exists(IsFailure);

    /// <summary>True if Ittybit accepted all missing tasks and no longer knows them: a new attempt may well succeed.</summary>
    internal bool IsOnlyLost => Entries.Where(IsFailure).All(entry => entry.Lost);

    /// <summary>The earliest time at which a task must be acted on if no event arrives before.</summary>
    internal DateTimeOffset? NextAt => Entries
        .Where(entry => !entry.IsSettled)
        .Select(entry => entry.DueAt)
        .Min();

    /// <summary>The tasks with an output.</summary>
    internal IEnumerable<TaskEntry> Made => Entries.Where(entry => entry is { State: TaskState.Completed, Output: not null });

    internal TaskEntry? this[TaskKind kind] => Entries.Find(entry => entry.Kind == kind);

    internal static TaskLedger Plan(IReadOnlyList<PlannedTask>? tasks, DateTimeOffset now, OrchestratorOptions options)
    {
        var plan = tasks is { Count: > 0 } ? tasks : PlannedTask.DefaultKinds.Select(PlannedTask.Of);
        var entries = from task in plan.DistinctBy(task => task.Kind) select TaskEntry.Of(task, options.MaxAttemptsOf(task.Kind), now);
        return new() { Entries = [.. entries] };
    }

    /// <summary>The tasks in <paramref name="state"/> that must be acted on.</summary>
    internal IEnumerable<TaskEntry> Due(TaskState state, DateTimeOffset now) =>
        Entries.Where(entry => entry.State == state && entry.DueAt <= now);

    /// <summary>Each failed task with its reason, as text for people.</summary>
    internal string Failures() =>
        string.Join("; ", from entry in Entries where entry.State == TaskState.Failed select $"{entry.Kind.WireName()}: {entry.Error}");

    /// <summary>Each output that cannot be used as it is, as text for people.</summary>
    internal string Objections() =>
        string.Join("; ", from entry in Entries where entry.Objection is not null select $"{entry.Kind.WireName()}: {entry.Objection}");

    private bool IsFailure(TaskEntry entry) => entry is { Waived: false, State: TaskState.Failed } && Matters(entry);

    /// <summary>True if the task is required, or if all are optional and none of them has a result that can be used.</summary>
    private bool Matters(TaskEntry entry) => entry.Required || Entries.TrueForAll(other =>
        other is { Required: false, Waived: false } && (other.State != TaskState.Completed || other.Objection is not null));
}
