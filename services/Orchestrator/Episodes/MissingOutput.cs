namespace Podcast.Orchestrator.Episodes;

/// <summary>
/// A webhook or a task list can report a completed task without its output. Then Ittybit is asked for the task; only if that
/// answer has no output either is the task completed without one, which the check of the outputs rejects.
/// </summary>
internal static class MissingOutput
{
    public static bool LacksOutput(this EpisodeState episode, TaskCompleted completed) =>
        completed is { Checked: false, Output: var output }
        && (output is null || (string.IsNullOrWhiteSpace(output.FileId) && output.Url is not { IsAbsoluteUri: true }))
        && episode.Tasks[completed.Task]?.MayBeSettledBy(completed.Attempt, IttybitIds.Of(completed.IttybitTaskId)) == true;

    /// <summary>Publishes the question at once instead of at the next sweep, because the sweep skips held episodes.</summary>
    public static EventActivityBinder<EpisodeState, TaskCompleted> AskForOutput(
        this EventActivityBinder<EpisodeState, TaskCompleted> binder, EpisodeStateMachine machine) =>
        binder.ThenAsync(async x =>
        {
            var (now, attempt) = (machine.Clock.GetUtcNow(), x.Message.Attempt);
            var task = x.Saga.Tasks[x.Message.Task]!;
            var taskId = IttybitIds.Of(x.Message.IttybitTaskId);
            if (task.Start(attempt, taskId, now, x.Saga.RetrySchedule(machine)))
                x.Saga.RecordChange(now, "task_started", task.Kind, by: "ittybit");

            if ((taskId ?? task.TaskIdOf(attempt)) is { } known)
                await x.Publish(new CheckTask(x.Saga.CorrelationId, task.Kind, attempt, known));
            else
                task.NextAt = now; // the command is sent again, and its consumer looks for the task
        });
}
