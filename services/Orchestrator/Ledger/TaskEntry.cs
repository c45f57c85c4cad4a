using Podcast.Contracts;

namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// One task of an episode. Settled once: the first success of any attempt wins, a failure counts only for the current attempt,
/// nothing goes backwards. Every method answers whether it changed anything worth telling; asking twice never does.
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

    public string? Error { get; set; }

    /// <summary>Why a person must look at the output before it is used.</summary>
    public string? Objection { get; set; }

    /// <summary>True when a person does without it.</summary>
    public bool Waived { get; set; }

    /// <summary>How often this attempt was asked for.</summary>
    public int Asks { get; set; }

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

    /// <summary>A command goes out now; true when this attempt was asked for before.</summary>
    internal bool Ask(DateTimeOffset now, Patience patience)
    {
        var again = Asks > 0;
        Asks++;
        RequestedAt = UpdatedAt = now;
        NextAt = now + patience.Unanswered(Asks);
        return again;
    }

    internal bool Start(int attempt, string ittybitTaskId, DateTimeOffset now, Patience patience)
    {
        if (attempt != Attempt || IsSettled || IttybitTaskId is not null)
        {
            if (ittybitTaskId != IttybitTaskId)
                Remember(attempt, ittybitTaskId, outcome: null);
            return false;
        }

        State = TaskState.Processing;
        IttybitTaskId = ittybitTaskId;
        RequestedAt ??= now;
        LaneUntil = null;
        StartedAt = UpdatedAt = now;
        NextAt = now + patience.Check(Kind, Checks);
        DeadlineAt = now + patience.TaskDeadline;
        return true;
    }

    internal bool Progress(int attempt, string ittybitTaskId, int? percent, DateTimeOffset now, Patience patience)
    {
        var started = Start(attempt, ittybitTaskId, now, patience);
        if (attempt != Attempt || State != TaskState.Processing)
            return started;

        NextAt = now + patience.Check(Kind, Checks);
        if (percent is not { } told || told < (Percent ?? 0) + 5)
            return started;

        Percent = Math.Min(told, 100);
        UpdatedAt = now;
        return true;
    }

    internal bool Complete(int attempt, string ittybitTaskId, TaskOutput output, DateTimeOffset now)
    {
        if (State == TaskState.Completed && (ittybitTaskId == IttybitTaskId || ittybitTaskId.Length == 0))
            return false;

        if (IsSettled || attempt > Attempt)
            return ittybitTaskId.Length > 0 && Remember(attempt, ittybitTaskId, "completed too late");

        // A webhook may bring the made file instead of its task: then only its address tells whose it is.
        var named = ittybitTaskId.Length > 0 ? ittybitTaskId : IttybitTaskId;
        if (IttybitTaskId is not null && IttybitTaskId != named)
            Remember(Attempt, IttybitTaskId, "overtaken");

        Settle(TaskState.Completed, now);
        IttybitTaskId = named;
        Output = output;
        Percent = 100;
        Error = null;
        return true;
    }

    internal bool Fail(int attempt, string? ittybitTaskId, string reason, bool transient, DateTimeOffset now, Patience patience)
    {
        var another = ittybitTaskId is not null && IttybitTaskId is not null && ittybitTaskId != IttybitTaskId;
        if (attempt != Attempt || IsSettled || another)
            return ittybitTaskId is not null && ittybitTaskId != IttybitTaskId && Remember(attempt, ittybitTaskId, reason);

        if (ittybitTaskId is null)
            return Refuse(reason, transient, now, patience);

        IttybitTaskId = ittybitTaskId;
        Error = reason;
        if (transient && Attempt < LastAttempt)
            TryAgain(now + patience.Retry(Attempt), now);
        else
            Settle(TaskState.Failed, now);
        return true;
    }

    /// <summary>
    /// Ittybit cannot be asked just now. This counts against nothing: the time until the next try is none of the task's. Put off once more
    /// for the same reason is no news.
    /// </summary>
    internal bool Defer(int attempt, string reason, DateTimeOffset until, DateTimeOffset now)
    {
        if (attempt != Attempt || IsSettled)
            return false;

        var isNews = LaneUntil is null || Error != reason;
        if (State == TaskState.Processing || RequestedAt is null)
        {
            isNews = false;
            NextAt = NextAt > until ? NextAt : until;
        }
        else
            Wait(reason, until, now);

        DeadlineAt += LaneWait.Beyond(LaneUntil, NextAt!.Value, now);
        LaneUntil = NextAt;
        return isNews;
    }

    /// <summary>Ittybit can be asked again, before the time that we were told.</summary>
    internal void SkipLaneWait(DateTimeOffset now)
    {
        if (!IsSettled && LaneUntil > now && NextAt > now)
            NextAt = now;
    }

    internal void Check(DateTimeOffset now, Patience patience)
    {
        Checks++;
        NextAt = now + patience.Check(Kind, Checks);
    }

    /// <summary>Another attempt on a person's word; false when the task is under way already.</summary>
    internal bool Retry(DateTimeOffset now, Patience patience)
    {
        if (!IsSettled)
            return false;

        TryAgain(now, now);
        LastAttempt = Attempt + patience.MaxAttempts - 1;
        Output = null;
        Objection = null;
        Waived = false;
        return true;
    }

    /// <summary>Skips the wait for the next try; false when it is not waiting.</summary>
    internal bool SkipWait(DateTimeOffset now)
    {
        if (State != TaskState.Pending || RequestedAt is not null || NextAt <= now)
            return false;

        NextAt = UpdatedAt = now;
        return true;
    }

    /// <summary>The output is there but cannot be used as it is.</summary>
    internal void Object(string objection, DateTimeOffset now)
    {
        Objection = objection;
        UpdatedAt = now;
    }

    /// <summary>A person does without this task, or takes its output as it is.</summary>
    internal void Waive(DateTimeOffset now)
    {
        Objection = null;
        Waived |= State != TaskState.Completed;
        Cancel(now);
    }

    internal void Cancel(DateTimeOffset now)
    {
        if (!IsSettled)
            Settle(TaskState.Cancelled, now);
    }

    private bool Refuse(string reason, bool transient, DateTimeOffset now, Patience patience)
    {
        if (IttybitTaskId is not null || RequestedAt is null)
            return false; // a task was made after all, or this refusal was heard before

        Refusals++;
        Error = reason;
        if (transient && Refusals < patience.MaxRefusals)
            Wait(reason, now + patience.Retry(Refusals), now);
        else
            Settle(TaskState.Failed, now);
        return true;
    }

    private void Wait(string reason, DateTimeOffset until, DateTimeOffset now)
    {
        Error = reason;
        RequestedAt = null;
        NextAt = until;
        UpdatedAt = now;
    }

    private void TryAgain(DateTimeOffset at, DateTimeOffset now)
    {
        if (IttybitTaskId is not null)
            Remember(Attempt, IttybitTaskId, Error ?? "made again");

        Attempt++;
        State = TaskState.Pending;
        IttybitTaskId = null;
        Percent = null;
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

    private bool Remember(int attempt, string ittybitTaskId, string? outcome)
    {
        var known = Past.Find(past => past.IttybitTaskId == ittybitTaskId);
        if (known is null)
        {
            Past.Add(new PastAttempt { Attempt = attempt, IttybitTaskId = ittybitTaskId, Outcome = outcome });
            return outcome is not null;
        }

        if (known.Outcome is not null || outcome is null)
            return false;

        known.Outcome = outcome;
        return true;
    }
}
