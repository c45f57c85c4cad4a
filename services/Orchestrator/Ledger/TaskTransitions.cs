using Podcast.Contracts;

namespace Podcast.Orchestrator.Ledger;

/// <summary>The three ways on from an attempt: the same one later, the next one, none.</summary>
internal static class TaskTransitions
{
    /// <summary>The same attempt is asked for again.</summary>
    public static void Wait(this TaskEntry task, string reason, DateTimeOffset until, DateTimeOffset now)
    {
        task.Error = reason;
        task.RequestedAt = null;
        task.NextAt = until;
        task.UpdatedAt = now;
    }

    /// <summary>The next attempt begins; this one's Ittybit task is remembered.</summary>
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
