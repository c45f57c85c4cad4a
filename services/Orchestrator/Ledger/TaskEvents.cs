using Podcast.Contracts;

namespace Podcast.Orchestrator.Ledger;

/// <summary>
/// What becomes of a task by what is heard of it. It is settled once: the first success of any attempt wins, a failure counts only for
/// the current attempt, nothing goes backwards. Every rule answers whether it changed anything worth telling; hearing it twice never does.
/// </summary>
internal static class TaskEvents
{
    public static bool Start(this TaskEntry task, int attempt, string? ittybitTaskId, DateTimeOffset now, RetrySchedule patience)
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
        task.NextAt = now + patience.Check(task.Kind, task.Checks);
        task.DeadlineAt = now + patience.Deadline(task.Kind);
        return true;
    }

    public static bool Progress(
        this TaskEntry task, int attempt, string? ittybitTaskId, int? percent, DateTimeOffset now, RetrySchedule patience)
    {
        var started = task.Start(attempt, ittybitTaskId, now, patience);
        if (attempt != task.Attempt || task.State != TaskState.Processing)
            return started;

        task.NextAt = now + patience.Check(task.Kind, task.Checks);
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

        // A webhook may bring the made file instead of its task: then only its address tells whose it is.
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

    /// <summary>Whether a success of <paramref name="attempt"/> is still of use.</summary>
    public static bool MayBeSettledBy(this TaskEntry task, int attempt, string? ittybitTaskId) =>
        !task.IsSettled && attempt <= task.Attempt && !task.IsSuperseded(attempt, ittybitTaskId);

    /// <param name="ittybitTaskId">Null: nobody knows of which task, so that one which is known is asked for at once.</param>
    /// <param name="lost">Ittybit knows the task no more.</param>
    public static bool Fail(
        this TaskEntry task, int attempt, string? ittybitTaskId, string reason, bool transient, DateTimeOffset now, RetrySchedule patience,
        bool lost = false)
    {
        var another = ittybitTaskId is not null && task.IttybitTaskId is not null && ittybitTaskId != task.IttybitTaskId;
        if (attempt != task.Attempt || task.IsSettled || another)
            return ittybitTaskId is not null && ittybitTaskId != task.IttybitTaskId
                && task.Past.Remember(attempt, ittybitTaskId, reason);

        if (ittybitTaskId is null)
            return task.Refuse(reason, transient, now, patience);

        task.IttybitTaskId = ittybitTaskId;
        task.Error = reason;
        task.Lost = lost;
        if (transient && task.Attempt < task.LastAttempt)
            task.TryAgain(now + patience.Retry(task.Kind, task.Attempt), now);
        else
            task.Settle(TaskState.Failed, now);
        return true;
    }

    /// <summary>
    /// Ittybit cannot be asked just now. This counts against nothing: the time until the next try is none of the task's. Put off once more
    /// for the same reason is no news.
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

    private static bool Refuse(this TaskEntry task, string reason, bool transient, DateTimeOffset now, RetrySchedule patience)
    {
        if (task.State == TaskState.Processing && task.NextAt > now)
            task.NextAt = now; // a task was made after all: Ittybit says how it stands
        if (task.IttybitTaskId is not null || task.RequestedAt is null)
            return false; // that, or this refusal was heard before

        task.Refusals++;
        task.Error = reason;
        if (transient && task.Refusals < patience.MaxRefusals)
            task.Wait(reason, now + patience.Retry(task.Kind, task.Refusals), now);
        else
            task.Settle(TaskState.Failed, now);
        return true;
    }
}
