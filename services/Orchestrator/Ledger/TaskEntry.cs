using Podcast.Contracts;

namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// One task of an episode, as it stands. What is heard of it changes it by the rules in <see cref="TaskEvents"/>, what we and people do
/// about it by those in <see cref="TaskActions"/>.
/// </summary>
public sealed class TaskEntry
{
    public required TaskKind Kind { get; init; }

    public bool Required { get; init; } = true;

    public TaskOptions? Options { get; init; }

    public TaskState State { get; set; } = TaskState.Pending;

    /// <summary>1 for the first; fences late results.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>The last attempt that may be made without a person's word.</summary>
    public int LastAttempt { get; set; }

    public string? IttybitTaskId { get; set; }

    public int? Percent { get; set; }

    public TaskOutput? Output { get; set; }

    /// <summary>The attempt that made the output; an earlier one may have won.</summary>
    public int? MadeBy { get; set; }

    /// <summary>Attempts whose output a check or a person rejected. Later news of them is ignored.</summary>
    public List<int> Rejected { get; init; } = [];

    public string? Error { get; set; }

    /// <summary>True when it failed because Ittybit accepted its last attempt and knows it no more.</summary>
    public bool Lost { get; set; }

    /// <summary>Why a person must look at the output before it is used.</summary>
    public string? Objection { get; set; }

    /// <summary>True when a person does without it.</summary>
    public bool Waived { get; set; }

    /// <summary>How often this attempt was asked for.</summary>
    public int Asks { get; set; }

    /// <summary>When this attempt was asked for the first time; null before that.</summary>
    public DateTimeOffset? FirstAskedAt { get; set; }

    /// <summary>How often this attempt was refused for the moment.</summary>
    public int Refusals { get; set; }

    /// <summary>How often Ittybit was asked how this attempt stands.</summary>
    public int Checks { get; set; }

    /// <summary>Set while a command is out; null while this task waits for its next try.</summary>
    public DateTimeOffset? RequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>Until when Ittybit could not be asked about this attempt; null if it always could.</summary>
    public DateTimeOffset? LaneUntil { get; set; }

    /// <summary>Ittybit tasks of attempts that are over, with what became of them.</summary>
    public List<PastAttempt> Past { get; init; } = [];

    internal bool IsSettled => State is TaskState.Completed or TaskState.Failed or TaskState.Cancelled;

    internal bool NeedsAPerson => State == TaskState.Failed || Objection is not null;

    /// <summary>Whether the output of <paramref name="attempt"/>, or of this Ittybit task, was rejected.</summary>
    internal bool IsSuperseded(int attempt, string? ittybitTaskId) =>
        Rejected.Contains(attempt) || Past.Exists(past => past.IttybitTaskId == ittybitTaskId && Rejected.Contains(past.Attempt));

    /// <summary>The Ittybit task of <paramref name="attempt"/>; null while it is not known.</summary>
    internal string? TaskIdOf(int attempt) =>
        attempt == Attempt ? IttybitTaskId : Past.FindLast(past => past.Attempt == attempt)?.IttybitTaskId;
}
