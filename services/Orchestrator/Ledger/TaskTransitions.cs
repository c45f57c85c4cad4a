namespace Podcast.Orchestrator.Ledger;

/// <summary>The three transitions from an attempt: repeat it later, start the next one, settle the task.</summary>
internal static class TaskTransitions
{
    /// <summary>Waits, then requests the same attempt again.</summary>
    public static void Wait(this TaskEntry task, string reason, DateTimeOffset until, DateTimeOffset now)
    {
        task.Error = reason;
        task.RequestedAt = null;
        task.NextAt = until;
        task.UpdatedAt = now;
    }

    /// <summary>Starts the next attempt, and remembers the Ittybit task of this one.</summary>
    public static void TryAgain(this TaskEntry task, DateTimeOffset at, DateTimeOffset now)
    {
        if (task.IttybitTaskId is not null)
            task.Past.Remember(task.MadeBy ?? task.Attempt, task.IttybitTaskId, task.Objection ?? task.Error ?? "made again");

        task.Attempt++;
        task.State = TaskState.Pending;
        task.IttybitTaskId = null;
        task.MadeBy = null;
        task.Lost = false;
        task.Percent = null;
        task.Asks = task.Refusals = task.Checks = 0;
        task.StartedAt = task.RequestedAt = task.DeadlineAt = task.LaneUntil = null;
        task.NextAt = at;
        task.UpdatedAt = now;
    }

    public static void Settle(this TaskEntry task, TaskState state, DateTimeOffset now)
    {
        task.State = state;
        task.NextAt = task.DeadlineAt = null;
        task.UpdatedAt = now;
    }
}
