namespace Podcast.Orchestrator.Ledger;

/// <summary>Changes of a task that the orchestrator makes when it is due, or a user commands.</summary>
internal static class TaskActions
{
    /// <summary>Records that a command is sent now; true if this attempt was requested before.</summary>
    public static bool Ask(this TaskEntry task, DateTimeOffset now, RetrySchedule schedule)
    {
        var again = task.Asks > 0;
        if (!again)
            task.FirstAskedAt = now;
        task.Asks++;
        task.RequestedAt = task.UpdatedAt = now;
        task.NextAt = now + schedule.Unanswered(task.Asks);
        return again;
    }

    /// <summary>Records that Ittybit is asked now for the state of the task.</summary>
    public static void Check(this TaskEntry task, DateTimeOffset now, RetrySchedule schedule)
    {
        task.Checks++;
        task.NextAt = now + schedule.Check(task.Kind, task.Checks);
    }

    /// <summary>Renews the task's deadline and has it checked at once, because the episode returns to work.</summary>
    public static void BeginTerm(this TaskEntry task, DateTimeOffset now, RetrySchedule schedule)
    {
        if (task.State != TaskState.Processing)
            return;

        task.NextAt = now;
        task.DeadlineAt = now + schedule.Deadline(task.Kind);
    }

    /// <summary>Fails a task whose result is no longer awaited.</summary>
    public static void GiveUp(this TaskEntry task, string reason, DateTimeOffset now)
    {
        task.Error = reason;
        task.Settle(TaskState.Failed, now);
    }

    /// <summary>Ends the wait for the lane before the reported time.</summary>
    public static void SkipLaneWait(this TaskEntry task, DateTimeOffset now)
    {
        if (!task.IsSettled && task.LaneUntil > now && task.NextAt > now)
            task.NextAt = now;
    }

    /// <summary>Starts another attempt on a user's command; false if the task is not settled.</summary>
    public static bool Retry(this TaskEntry task, DateTimeOffset now, RetrySchedule schedule)
    {
        if (!task.IsSettled)
            return false;

        if (task.State == TaskState.Completed)
            task.Rejected.Add(task.MadeBy ?? task.Attempt);
        task.TryAgain(now, now);
        task.LastAttempt = task.Attempt + schedule.MaxAttempts(task.Kind) - 1;
        task.Output = null;
        task.Objection = null;
        task.Waived = false;
        return true;
    }

    /// <summary>Ends the wait for the next try; false if the task is not waiting.</summary>
    public static bool SkipWait(this TaskEntry task, DateTimeOffset now)
    {
        if (task.State != TaskState.Pending || task.RequestedAt is not null || task.NextAt <= now)
            return false;

        task.NextAt = task.UpdatedAt = now;
        return true;
    }

    /// <summary>Records why the output cannot be used as it is.</summary>
    public static void Object(this TaskEntry task, string objection, DateTimeOffset now)
    {
        task.Objection = objection;
        task.UpdatedAt = now;
    }

    /// <summary>Waives the task, or accepts its output as it is, on a user's command.</summary>
    public static void Waive(this TaskEntry task, DateTimeOffset now)
    {
        task.Objection = null;
        task.Waived |= task.State != TaskState.Completed;
        task.Cancel(now);
    }

    public static void Cancel(this TaskEntry task, DateTimeOffset now)
    {
        if (!task.IsSettled)
            task.Settle(TaskState.Cancelled, now);
    }
}
