namespace Podcast.Orchestrator.Ledger;

/// <content>
/// The rules for reports about a task. A task is settled once: the first success of any attempt wins, a failure counts only for
/// the current attempt, and no report moves a task backwards. Every rule returns true if it made a change to publish; a duplicate
/// never does.
/// </content>
public sealed partial class TaskEntry
{
    internal bool Start(int attempt, string? ittybitTaskId, DateTimeOffset now, RetrySchedule schedule)
    {
        if (ittybitTaskId is null)
            return false;

        if (attempt != Attempt || IsSettled || IttybitTaskId is not null || IsSuperseded(attempt, ittybitTaskId))
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
        NextAt = now + schedule.Check(Kind, Checks);
        DeadlineAt = now + schedule.Deadline(Kind);
        return true;
    }

    internal bool Progress(int attempt, string? ittybitTaskId, int? percent, DateTimeOffset now, RetrySchedule schedule)
    {
        var started = Start(attempt, ittybitTaskId, now, schedule);
        if (attempt != Attempt || State != TaskState.Processing)
            return started;

        if (!IsLastChance)
            NextAt = now + schedule.Check(Kind, Checks);
        if (percent is not { } told || told < (Percent ?? 0) + 5)
            return started;

        Percent = Math.Min(told, 100);
        UpdatedAt = now;
        return true;
    }

    internal bool Complete(int attempt, string? ittybitTaskId, TaskOutput output, DateTimeOffset now)
    {
        if (State == TaskState.Completed && ittybitTaskId == IttybitTaskId)
            return false;

        if (!MayBeSettledBy(attempt, ittybitTaskId))
            return ittybitTaskId is not null && Remember(attempt, ittybitTaskId, "completed too late");

        // A webhook may carry the output file instead of its task: then only the attempt, from its address, identifies the task.
        var named = ittybitTaskId ?? TaskIdOf(attempt);
        if (IttybitTaskId is not null && IttybitTaskId != named)
            Remember(Attempt, IttybitTaskId, "overtaken");

        Settle(TaskState.Completed, now);
        IttybitTaskId = named;
        Output = output;
        MadeBy = attempt;
        Percent = 100;
        Error = null;
        Lost = false;
        return true;
    }

    /// <summary>True if a success of <paramref name="attempt"/> can still settle the task.</summary>
    internal bool MayBeSettledBy(int attempt, string? ittybitTaskId) =>
        (!IsSettled || Lost) && attempt <= Attempt && !IsSuperseded(attempt, ittybitTaskId);

    /// <param name="ittybitTaskId">Null if the failure names no task; a task that is known is then checked at once.</param>
    /// <param name="lost">True if Ittybit no longer knows the task.</param>
    internal bool Fail(
        int attempt, string? ittybitTaskId, string reason, bool transient, DateTimeOffset now, RetrySchedule schedule, bool lost = false)
    {
        var isAnother = ittybitTaskId is not null && IttybitTaskId is not null && ittybitTaskId != IttybitTaskId;
        if (attempt != Attempt || IsSettled || isAnother)
            return ittybitTaskId is not null && ittybitTaskId != IttybitTaskId && Remember(attempt, ittybitTaskId, reason);

        if (ittybitTaskId is null)
            return Refuse(reason, transient, now, schedule);

        IttybitTaskId = ittybitTaskId;
        Error = reason;
        Lost = lost;
        if (transient && Attempt < LastAttempt)
            TryAgain(now + schedule.Retry(Kind, Attempt), now);
        else
            Settle(TaskState.Failed, now);
        return true;
    }

    /// <summary>Ittybit cannot be called now: this counts neither as a refusal nor towards the deadline.</summary>
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

        DeadlineAt += RetrySchedule.Beyond(LaneUntil, NextAt!.Value, now);
        LaneUntil = NextAt;
        return isNews;
    }

    private bool Refuse(string reason, bool transient, DateTimeOffset now, RetrySchedule schedule)
    {
        if (State == TaskState.Processing && NextAt > now)
            NextAt = now; // an Ittybit task exists after all: check its state now
        if (IttybitTaskId is not null || RequestedAt is null)
            return false; // there is a task, or this refusal is a duplicate

        Refusals++;
        Error = reason;
        if (transient && Refusals < schedule.MaxRefusals)
            Wait(reason, now + schedule.Retry(Kind, Refusals), now);
        else
            Settle(TaskState.Failed, now);
        return true;
    }

    /// <summary>True if the output of <paramref name="attempt"/>, or of this Ittybit task, was rejected.</summary>
    private bool IsSuperseded(int attempt, string? ittybitTaskId) =>
        Rejected.Contains(attempt) || Past.Exists(past => past.IttybitTaskId == ittybitTaskId && Rejected.Contains(past.Attempt));
}
