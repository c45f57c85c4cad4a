namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// The state of one task of an episode. <see cref="TaskEvents"/> holds the rules for events from Ittybit,
/// <see cref="TaskActions"/> those for our and users' actions.
/// </summary>
public sealed class TaskEntry
{
    public required TaskKind Kind { get; init; }

    public bool Required { get; init; } = true;

    public TaskOptions? Options { get; init; }

    public TaskState State { get; set; } = TaskState.Pending;

    /// <summary>Starts at 1; results of other attempts are recognized by it.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>The last attempt that may be made without a user's command.</summary>
    public int LastAttempt { get; set; }

    public string? IttybitTaskId { get; set; }

    public int? Percent { get; set; }

    public TaskOutput? Output { get; set; }

    /// <summary>The attempt that made the output; it can be an earlier one than <see cref="Attempt"/>.</summary>
    public int? MadeBy { get; set; }

    /// <summary>Attempts whose output the check or a user rejected. Later events of them are ignored.</summary>
    public List<int> Rejected { get; init; } = [];

    public string? Error { get; set; }

    /// <summary>True if the task failed because Ittybit accepted its last attempt and no longer knows it.</summary>
    public bool Lost { get; set; }

    /// <summary>Why a user must decide on the output before it is used.</summary>
    public string? Objection { get; set; }

    /// <summary>True if a user accepted the episode without this task.</summary>
    public bool Waived { get; set; }

    /// <summary>How often this attempt was requested.</summary>
    public int Asks { get; set; }

    /// <summary>When this attempt was requested for the first time; null before.</summary>
    public DateTimeOffset? FirstAskedAt { get; set; }

    /// <summary>How often this attempt was refused temporarily.</summary>
    public int Refusals { get; set; }

    /// <summary>How often Ittybit was asked for the state of this attempt.</summary>
    public int Checks { get; set; }

    /// <summary>When the last command was sent; null while this task waits for its next try.</summary>
    public DateTimeOffset? RequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>Until when Ittybit could not be called for this attempt; null if it always could.</summary>
    public DateTimeOffset? LaneUntil { get; set; }

    /// <summary>Ittybit tasks of earlier attempts, with their outcomes.</summary>
    public List<PastAttempt> Past { get; init; } = [];

    internal bool IsSettled => State is TaskState.Completed or TaskState.Failed or TaskState.Cancelled;

    internal bool NeedsAPerson => State == TaskState.Failed || Objection is not null;

    /// <summary>True if the output of <paramref name="attempt"/>, or of this Ittybit task, was rejected.</summary>
    internal bool IsSuperseded(int attempt, string? ittybitTaskId) =>
        Rejected.Contains(attempt) || Past.Exists(past => past.IttybitTaskId == ittybitTaskId && Rejected.Contains(past.Attempt));

    /// <summary>The Ittybit task of <paramref name="attempt"/>; null if unknown.</summary>
    internal string? TaskIdOf(int attempt) =>
        attempt == Attempt ? IttybitTaskId : Past.FindLast(past => past.Attempt == attempt)?.IttybitTaskId;
}
