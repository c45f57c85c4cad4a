using Podcast.Contracts;

namespace Podcast.Orchestrator.Ledger;

/// <summary>What we do about a task when its moment comes, and what people have done about it.</summary>
internal static class TaskActions
{
    /// <summary>A command goes out now; true when this attempt was asked for before.</summary>
    public static bool Ask(this TaskEntry task, DateTimeOffset now, RetrySchedule patience)
    {
        var again = task.Asks > 0;
        if (!again)
            task.FirstAskedAt = now;
        task.Asks++;
        task.RequestedAt = task.UpdatedAt = now;
        task.NextAt = now + patience.Unanswered(task.Asks);
        return again;
    }

    /// <summary>Ittybit is asked now how the task stands.</summary>
    public static void Check(this TaskEntry task, DateTimeOffset now, RetrySchedule patience)
    {
        task.Checks++;
        task.NextAt = now + patience.Check(task.Kind, task.Checks);
    }

    /// <summary>The episode goes back to work: Ittybit is asked how the task stands before its time counts as over.</summary>
    public static void BeginTerm(this TaskEntry task, DateTimeOffset now, RetrySchedule patience)
    {
        if (task.State != TaskState.Processing)
            return;

        task.NextAt = now;
        task.DeadlineAt = now + patience.Deadline(task.Kind);
    }

    /// <summary>Nobody waits for it any longer.</summary>
    public static void GiveUp(this TaskEntry task, string reason, DateTimeOffset now)
    {
        task.Error = reason;
        task.Settle(TaskState.Failed, now);
    }

    /// <summary>Ittybit can be asked again, before the time that we were told.</summary>
    public static void SkipLaneWait(this TaskEntry task, DateTimeOffset now)
    {
        if (!task.IsSettled && task.LaneUntil > now && task.NextAt > now)
            task.NextAt = now;
    }

    /// <summary>Another attempt on a person's word; false when the task is under way already.</summary>
    public static bool Retry(this TaskEntry task, DateTimeOffset now, RetrySchedule patience)
    {
        if (!task.IsSettled)
            return false;

        if (task.State == TaskState.Completed)
            task.Rejected.Add(task.MadeBy ?? task.Attempt);
        task.TryAgain(now, now);
        task.LastAttempt = task.Attempt + patience.MaxAttempts(task.Kind) - 1;
        task.Output = null;
        task.Objection = null;
        task.Waived = false;
        return true;
    }

    /// <summary>Skips the wait for the next try; false when it is not waiting.</summary>
    public static bool SkipWait(this TaskEntry task, DateTimeOffset now)
    {
        if (task.State != TaskState.Pending || task.RequestedAt is not null || task.NextAt <= now)
            return false;

        task.NextAt = task.UpdatedAt = now;
        return true;
    }

    /// <summary>The output is there but cannot be used as it is.</summary>
    public static void Object(this TaskEntry task, string objection, DateTimeOffset now)
    {
        task.Objection = objection;
        task.UpdatedAt = now;
    }

    /// <summary>A person does without this task, or takes its output as it is.</summary>
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
