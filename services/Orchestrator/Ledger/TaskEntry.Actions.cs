namespace Podcast.Orchestrator.Ledger;

/// <content>Changes that the orchestrator makes when a task is due, or a user commands.</content>
public sealed partial class TaskEntry
{
    internal void Ask(DateTimeOffset now, RetrySchedule schedule)
    {
        if (++Asks == 1)
            FirstAskedAt = now;
        RequestedAt = UpdatedAt = now;
        NextAt = now + schedule.Unanswered(Asks);
    }

    /// <summary>Has the command sent, or the state checked, with the next sweep.</summary>
    internal void Hurry(DateTimeOffset now) => NextAt = now;

    /// <summary>
    /// Sets when the state is checked again. After the deadline it is checked once more: the task may have ended in a time in which
    /// nobody could hear of it.
    /// </summary>
    internal void Check(DateTimeOffset now, RetrySchedule schedule)
    {
        if (DeadlineAt <= now)
            DeadlineAt = NextAt = now + schedule.Unanswered(1);
        else
            NextAt = now + schedule.Check(Kind, ++Checks);
    }

    /// <summary>Renews the task's deadline and has it checked at once, because the episode returns to work.</summary>
    internal void BeginTerm(DateTimeOffset now, RetrySchedule schedule)
    {
        if (State == TaskState.Processing)
            (NextAt, DeadlineAt) = (now, now + schedule.Deadline(Kind));
    }

    /// <summary>Fails a task whose result is no longer awaited.</summary>
    internal void GiveUp(string reason, DateTimeOffset now)
    {
        Error = reason;
        Settle(TaskState.Failed, now);
    }

    /// <summary>Ends the wait for the lane before the reported time.</summary>
    internal void SkipLaneWait(DateTimeOffset now)
    {
        if (!IsSettled && LaneUntil > now && NextAt > now)
            NextAt = now;
    }

    /// <summary>Starts another attempt on a user's command; false if the task is not settled.</summary>
    internal bool Retry(DateTimeOffset now, RetrySchedule schedule)
    {
        if (!IsSettled)
            return false;

        if (State == TaskState.Completed)
            Rejected.Add(MadeBy ?? Attempt);
        TryAgain(now, now);
        LastAttempt = Attempt + schedule.MaxAttempts(Kind) - 1;
        Output = null;
        Objection = null;
        Waived = false;
        return true;
    }

    /// <summary>Ends the wait for the next try; false if the task is not waiting.</summary>
    internal bool SkipWait(DateTimeOffset now)
    {
        if (State != TaskState.Pending || RequestedAt is not null || NextAt <= now)
            return false;

        NextAt = UpdatedAt = now;
        return true;
    }

    internal void Object(string objection, DateTimeOffset now) => (Objection, UpdatedAt) = (objection, now);

    internal void ClearObjection(DateTimeOffset now)
    {
        if (Objection is not null)
            (Objection, UpdatedAt) = (null, now);
    }

    /// <summary>Waives the task, or accepts its output as it is, on a user's command.</summary>
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
}
