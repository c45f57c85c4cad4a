namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// The rules for events about a task. A task is settled once: the first success of any attempt wins, a failure counts only for
/// the current attempt, and no event moves a task backwards. Every rule returns true if it made a change to publish; a duplicate
/// never does.
/// </summary>
internal static class TaskEvents
{
    public static bool Start(this TaskEntry task, int attempt, string? ittybitTaskId, DateTimeOffset now, RetrySchedule schedule)
    {
        if (ittybitTaskId is null)
            return false;

        if (attempt != task.Attempt || task.IsSettled || task.IttybitTaskId is not null
            || task.IsSuperseded(attempt, ittybitTaskId))
        {
            if (ittybitTaskId != task.IttybitTaskId)
                task.Past.Remember(attempt, ittybitTaskId, outcome: null);
            return false;
        }

        task.State = TaskState.Processing;
        task.IttybitTaskId = ittybitTaskId;
        task.RequestedAt ??= now;
        task.LaneUntil = null;
        task.StartedAt = task.UpdatedAt = now;
        task.NextAt = now + schedule.Check(task.Kind, task.Checks);
        task.DeadlineAt = now + schedule.Deadline(task.Kind);
        return true;
    }

    public static bool Progress(
        this TaskEntry task, int attempt, string? ittybitTaskId, int? percent, DateTimeOffset now, RetrySchedule schedule)
    {
        var started = task.Start(attempt, ittybitTaskId, now, schedule);
        if (attempt != task.Attempt || task.State != TaskState.Processing)
            return started;

        task.NextAt = now + schedule.Check(task.Kind, task.Checks);
        if (percent is not { } told || told < (task.Percent ?? 0) + 5)
            return started;

        task.Percent = Math.Min(told, 100);
        task.UpdatedAt = now;
        return true;
    }

    public static bool Complete(this TaskEntry task, int attempt, string? ittybitTaskId, TaskOutput output, DateTimeOffset now)
    {
        if (task.State == TaskState.Completed && ittybitTaskId == task.IttybitTaskId)
            return false;

        if (!task.MayBeSettledBy(attempt, ittybitTaskId))
            return ittybitTaskId is not null && task.Past.Remember(attempt, ittybitTaskId, "completed too late");

        // A webhook may carry the output file instead of its task. Then only the attempt, from the callback's address, identifies
        // the task.
        var named = ittybitTaskId ?? task.TaskIdOf(attempt);
        if (task.IttybitTaskId is not null && task.IttybitTaskId != named)
            task.Past.Remember(task.Attempt, task.IttybitTaskId, "overtaken");

        task.Settle(TaskState.Completed, now);
        task.IttybitTaskId = named;
        task.Output = output;
        task.MadeBy = attempt;
        task.Percent = 100;
        task.Error = null;
        return true;
    }

    /// <summary>True if a success of <paramref name="attempt"/> can still settle the task.</summary>
    public static bool MayBeSettledBy(this TaskEntry task, int attempt, string? ittybitTaskId) =>
        !task.IsSettled && attempt <= task.Attempt && !task.IsSuperseded(attempt, ittybitTaskId);

    /// <param name="ittybitTaskId">Null if the failure names no task; a task that is known is then checked at once.</param>
    /// <param name="lost">True if Ittybit no longer knows the task.</param>
    public static bool Fail(
        this TaskEntry task, int attempt, string? ittybitTaskId, string reason, bool transient, DateTimeOffset now, RetrySchedule schedule,
        bool lost = false)
    {
        var another = ittybitTaskId is not null && task.IttybitTaskId is not null && ittybitTaskId != task.IttybitTaskId;
        if (attempt != task.Attempt || task.IsSettled || another)
            return ittybitTaskId is not null && ittybitTaskId != task.IttybitTaskId
                && task.Past.Remember(attempt, ittybitTaskId, reason);

        if (ittybitTaskId is null)
            return task.Refuse(reason, transient, now, schedule);

        task.IttybitTaskId = ittybitTaskId;
        task.Error = reason;
        task.Lost = lost;
        if (transient && task.Attempt < task.LastAttempt)
            task.TryAgain(now + schedule.Retry(task.Kind, task.Attempt), now);
        else
            task.Settle(TaskState.Failed, now);
        return true;
    }

    /// <summary>
    /// Ittybit cannot be called now. This counts neither as a refusal nor towards the deadline. A repeated deferral for the same
    /// reason returns false.
    /// </summary>
    public static bool Defer(this TaskEntry task, int attempt, string reason, DateTimeOffset until, DateTimeOffset now)
    {
        if (attempt != task.Attempt || task.IsSettled)
            return false;

        var isNews = task.LaneUntil is null || task.Error != reason;
        if (task.State == TaskState.Processing || task.RequestedAt is null)
        {
            isNews = false;
            task.NextAt = task.NextAt > until ? task.NextAt : until;
        }
        else
            task.Wait(reason, until, now);

        task.DeadlineAt += LaneWait.Beyond(task.LaneUntil, task.NextAt!.Value, now);
        task.LaneUntil = task.NextAt;
        return isNews;
    }

    private static bool Refuse(this TaskEntry task, string reason, bool transient, DateTimeOffset now, RetrySchedule schedule)
    {
        if (task.State == TaskState.Processing && task.NextAt > now)
            task.NextAt = now; // an Ittybit task exists after all: check its state now
        if (task.IttybitTaskId is not null || task.RequestedAt is null)
            return false; // there is a task, or this refusal is a duplicate

        task.Refusals++;
        task.Error = reason;
        if (transient && task.Refusals < schedule.MaxRefusals)
            task.Wait(reason, now + schedule.Retry(task.Kind, task.Refusals), now);
        else
            task.Settle(TaskState.Failed, now);
        return true;
    }
}
