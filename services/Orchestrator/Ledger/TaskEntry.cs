using System.Text.Json.Serialization;

namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// The state of one task of an episode, and the rules that change it: <c>TaskEntry.Reports.cs</c> holds those for Ittybit's
/// reports, <c>TaskEntry.Actions.cs</c> those for our and users' actions.
/// </summary>
public sealed partial class TaskEntry
{
    public required TaskKind Kind { get; init; }
    public bool Required { get; init; } = true;
    public TaskOptions? Options { get; init; }
    [JsonInclude] public TaskState State { get; private set; } = TaskState.Pending;

    /// <summary>Starts at 1; results of other attempts are recognized by it.</summary>
    [JsonInclude] public int Attempt { get; private set; } = 1;

    /// <summary>The last attempt that may be made without a user's command.</summary>
    [JsonInclude] public int LastAttempt { get; private set; }
    [JsonInclude] public string? IttybitTaskId { get; private set; }
    [JsonInclude] public int? Percent { get; private set; }
    [JsonInclude] public TaskOutput? Output { get; private set; }

    /// <summary>The attempt that made the output; it can be an earlier one than <see cref="Attempt"/>.</summary>
    [JsonInclude] public int? MadeBy { get; private set; }

    /// <summary>Attempts whose output the check or a user rejected. Later events of them are ignored.</summary>
    public List<int> Rejected { get; init; } = [];
    [JsonInclude] public string? Error { get; private set; }

    /// <summary>True if the task failed because Ittybit accepted its last attempt and no longer knows it.</summary>
    [JsonInclude] public bool Lost { get; private set; }

    /// <summary>Why a user must decide on the output before it is used.</summary>
    [JsonInclude] public string? Objection { get; private set; }

    /// <summary>True if a user accepted the episode without this task.</summary>
    [JsonInclude] public bool Waived { get; private set; }
    [JsonInclude] public int Asks { get; private set; }
    [JsonInclude] public DateTimeOffset? FirstAskedAt { get; private set; }

    /// <summary>How often this attempt was refused temporarily.</summary>
    [JsonInclude] public int Refusals { get; private set; }

    /// <summary>How often Ittybit was asked for the state of this attempt.</summary>
    [JsonInclude] public int Checks { get; private set; }

    /// <summary>When the last command was sent; null while this task waits for its next try.</summary>
    [JsonInclude] public DateTimeOffset? RequestedAt { get; private set; }
    [JsonInclude] public DateTimeOffset? StartedAt { get; private set; }
    [JsonInclude] public DateTimeOffset UpdatedAt { get; private set; }
    [JsonInclude] public DateTimeOffset? NextAt { get; private set; }
    [JsonInclude] public DateTimeOffset? DeadlineAt { get; private set; }

    /// <summary>Until when Ittybit could not be called for this attempt; null if it always could.</summary>
    [JsonInclude] public DateTimeOffset? LaneUntil { get; private set; }
    public List<PastAttempt> Past { get; init; } = [];

    internal bool IsSettled => State is TaskState.Completed or TaskState.Failed or TaskState.Cancelled;
    internal bool NeedsAPerson => State == TaskState.Failed || Objection is not null;
    internal bool IsAskedAgain => Asks > 1;
    internal DateTimeOffset? DueAt => DeadlineAt < NextAt ? DeadlineAt : NextAt;

    /// <summary>True if Ittybit was asked for the task after its deadline; it is given up if no answer settles it.</summary>
    internal bool IsLastChance => DeadlineAt is not null && DeadlineAt == NextAt;
    internal List<string> KnownTaskIds => [.. Past.Select(past => past.IttybitTaskId)];

    internal static TaskEntry Of(PlannedTask task, int attempts, DateTimeOffset now) =>
        new() { Kind = task.Kind, Required = task.Required, Options = task.Options, LastAttempt = attempts, NextAt = now, UpdatedAt = now };

    /// <summary>The Ittybit task of <paramref name="attempt"/>; null if unknown.</summary>
    internal string? TaskIdOf(int attempt) =>
        attempt == Attempt ? IttybitTaskId : Past.FindLast(past => past.Attempt == attempt)?.IttybitTaskId;

    internal TaskSnapshot Snapshot() => new(
        Kind, State, Required, Attempt, IttybitTaskId, Percent, Output, Objection ?? Error, UpdatedAt,
        RequestedAt, StartedAt, NextAt, DeadlineAt);

    /// <summary>Waits, then requests the same attempt again.</summary>
    private void Wait(string reason, DateTimeOffset until, DateTimeOffset now)
    {
        Error = reason;
        RequestedAt = null;
        NextAt = until;
        UpdatedAt = now;
    }

    /// <summary>Starts the next attempt, and remembers the Ittybit task of this one.</summary>
    private void TryAgain(DateTimeOffset at, DateTimeOffset now)
    {
        if (IttybitTaskId is not null)
            Remember(MadeBy ?? Attempt, IttybitTaskId, Objection ?? Error ?? "made again");

        Attempt++;
        State = TaskState.Pending;
        IttybitTaskId = null;
        MadeBy = Percent = null;
        Lost = false;
        Asks = Refusals = Checks = 0;
        StartedAt = RequestedAt = DeadlineAt = LaneUntil = null;
        NextAt = at;
        UpdatedAt = now;
    }

    private void Settle(TaskState state, DateTimeOffset now)
    {
        State = state;
        NextAt = DeadlineAt = null;
        UpdatedAt = now;
    }

    /// <summary>Records an Ittybit task and its outcome among the past ones; true if the outcome was not known before.</summary>
    private bool Remember(int attempt, string ittybitTaskId, string? outcome)
    {
        var known = Past.Find(past => past.IttybitTaskId == ittybitTaskId);
        if (known is null)
            Past.Add(known = new PastAttempt { Attempt = attempt, IttybitTaskId = ittybitTaskId });
        if (known.Outcome is not null || outcome is null)
            return false;

        known.Outcome = outcome;
        return true;
    }
}

/// <summary>An Ittybit task of an earlier attempt, or one that another attempt overtook.</summary>
public sealed class PastAttempt
{
    public required int Attempt { get; init; }
    public required string IttybitTaskId { get; init; }

    /// <summary>How the task ended; null while unknown.</summary>
    public string? Outcome { get; set; }
}
