namespace Podcast.Orchestrator.Episodes;

/// <summary>
/// The activities of the state machine that make the tasks. Users' commands are in <see cref="OperatorActions"/>, the end of an
/// episode in <see cref="EpisodeCompletion"/>.
/// </summary>
internal static class EpisodeActivities
{
    public static EventActivityBinder<EpisodeState, EpisodeUploaded> Plan(this EventActivityBinder<EpisodeState, EpisodeUploaded> binder) =>
        binder.Then(x =>
        {
            var upload = UploadValidation.Clean(x.Message);
            x.Saga.OwnerId = upload.OwnerId;
            x.Saga.Title = upload.Title;
            x.Saga.Description = upload.Description;
            x.Saga.Source = upload.Source;
            x.Saga.Reason = UploadValidation.Refuse(x.Message);
            x.Saga.Priority = upload.Priority;
            x.Saga.Tasks = TaskLedger.Plan(upload.Tasks, x.Now, x.Options);
            x.Saga.CreatedAt = upload.UploadedAt?.ToUniversalTime() ?? x.Now;
            x.Saga.ProcessingStartedAt = x.Now;
            x.Saga.RenewDeadline(x.Now, x.Options);
            x.RecordChange("uploaded", by: x.Saga.OwnerId);
        });

    public static EventActivityBinder<EpisodeState, EpisodeUploaded> DescribeMedia(
        this EventActivityBinder<EpisodeState, EpisodeUploaded> binder) =>
        binder.ThenAsync(x => x.Publish(new DescribeMedia(x.Saga.CorrelationId, x.Saga.Source, x.Saga.Title, x.Saga.Description)));

    public static EventActivityBinder<EpisodeState, T> RequestTasks<T>(this EventActivityBinder<EpisodeState, T> binder)
        where T : class =>
        binder.ThenAsync(async x =>
        {
            foreach (var task in x.Saga.Tasks.ToAsk(x.Now).ToList())
            {
                task.Ask(x.Now, x.Schedule);
                await TaskDefinition.Of(task.Kind).Request(x, x.Saga, task);
                if ((task.IsAskedAgain || task.Attempt > 1) && task.LaneUntil is null)
                    x.RecordChange("task_requested_again", task.Kind, why: task.Error);
            }
        });

    public static EventActivityBinder<EpisodeState, TaskStarted> Record(this EventActivityBinder<EpisodeState, TaskStarted> binder) =>
        binder.Then(x => x.Record(x.Message.Task, "task_started", task =>
            task.Start(x.Message.Attempt, IttybitIds.Of(x.Message.IttybitTaskId), x.Now, x.Schedule)));

    public static EventActivityBinder<EpisodeState, TaskProgressed> Record(this EventActivityBinder<EpisodeState, TaskProgressed> binder) =>
        binder.Then(x => x.Record(x.Message.Task, "task_progressed", task =>
            task.Progress(x.Message.Attempt, IttybitIds.Of(x.Message.IttybitTaskId), x.Message.Percent, x.Now, x.Schedule)));

    public static EventActivityBinder<EpisodeState, TaskCompleted> Record(this EventActivityBinder<EpisodeState, TaskCompleted> binder) =>
        binder.IfElse(x => x.Saga.LacksOutput(x.Message),
            unsure => unsure.AskForOutput(),
            sure => sure.Then(x => x.Record(x.Message.Task, "task_completed", task =>
                task.Complete(x.Message.Attempt, IttybitIds.Of(x.Message.IttybitTaskId), x.Message.Output ?? new TaskOutput(null, null), x.Now))));

    public static EventActivityBinder<EpisodeState, TaskFailed> Record(this EventActivityBinder<EpisodeState, TaskFailed> binder) =>
        binder.Then(x => x.Record(x.Message.Task, "task_failed", task =>
            task.Fail(
                x.Message.Attempt, IttybitIds.Of(x.Message.IttybitTaskId), x.Message.Reason, x.Message.Transient, x.Now, x.Schedule, x.Message.Lost),
            x.Message.Reason));

    public static EventActivityBinder<EpisodeState, TaskDeferred> Record(this EventActivityBinder<EpisodeState, TaskDeferred> binder) =>
        binder.Then(x => x.Record(x.Message.Task, "task_deferred", task =>
        {
            var isNews = task.Defer(x.Message.Attempt, x.Message.Reason, x.Message.Until, x.Now);
            if (task.LaneUntil is { } until && task.Attempt == x.Message.Attempt)
                x.Saga.WaitForLane(until, x.Now);
            return isNews;
        }, x.Message.Reason));

    /// <summary>
    /// Counts the fault of a consumer that gave up as a transient refusal, so that the episode does not wait for its answer.
    /// </summary>
    public static EventActivityBinder<EpisodeState, Fault<T>> RecordFault<T>(
        this EventActivityBinder<EpisodeState, Fault<T>> binder, TaskKind kind, Func<T, int> attempt)
        where T : class =>
        binder.Then(x =>
        {
            var reason = $"Our own service failed on it ({x.Message.Exceptions?.FirstOrDefault()?.ExceptionType ?? "unknown error"}).";
            x.Record(kind, "task_failed", task => task.Fail(attempt(x.Message.Message), null, reason, transient: true, x.Now, x.Schedule), reason);
        });

    /// <summary>Ends all waits for Ittybit's lane if the message says that the lane is open.</summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> SkipLaneWaits(this EventActivityBinder<EpisodeState, EpisodeDue> binder) =>
        binder.If(x => x.Message.LaneIsOpen, open => open.Then(x => x.Saga.SkipLaneWaits(x.Now)));

    /// <summary>Asks Ittybit for the state of the tasks whose webhook has not arrived in time.</summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> CheckTasks(this EventActivityBinder<EpisodeState, EpisodeDue> binder) =>
        binder.ThenAsync(async x =>
        {
            foreach (var task in x.Saga.Tasks.ToCheck(x.Now).ToList())
            {
                task.Check(x.Now, x.Schedule);
                await x.Publish(new CheckTask(x.Saga.CorrelationId, task.Kind, task.Attempt, task.IttybitTaskId!));
            }
        });

    public static EventActivityBinder<EpisodeState, EpisodeDue> GiveUpOverdueTasks(this EventActivityBinder<EpisodeState, EpisodeDue> binder) =>
        binder.Then(x =>
        {
            foreach (var task in x.Saga.Tasks.Overdue(x.Now).ToList())
            {
                var reason = $"Ittybit did not finish within {x.Options.DeadlineOf(task.Kind):g}.";
                if (task.Fail(task.Attempt, task.IttybitTaskId, reason, transient: true, x.Now, x.Schedule))
                    x.RecordChange("task_given_up", task.Kind, why: reason);
            }
        });

    private static void Record(
        this BehaviorContext<EpisodeState> x, TaskKind kind, string what, Func<TaskEntry, bool> rule, string? why = null)
    {
        if (x.Saga.Tasks[kind] is { } task && rule(task))
            x.RecordChange(what, kind, by: "ittybit", why);
    }

    /// <summary>
    /// True if a webhook or a list reports success without an output. Then Ittybit is asked for the task; if that answer has no
    /// output either, the task is completed without one, which the check of the outputs rejects.
    /// </summary>
    private static bool LacksOutput(this EpisodeState episode, TaskCompleted completed) =>
        completed is { Checked: false, Output: var output }
        && (output is null || (string.IsNullOrWhiteSpace(output.FileId) && output.Url is not { IsAbsoluteUri: true }))
        && episode.Tasks[completed.Task]?.MayBeSettledBy(completed.Attempt, IttybitIds.Of(completed.IttybitTaskId)) == true;

    /// <summary>Publishes the question at once instead of at the next sweep, because the sweep skips held episodes.</summary>
    private static EventActivityBinder<EpisodeState, TaskCompleted> AskForOutput(
        this EventActivityBinder<EpisodeState, TaskCompleted> binder) =>
        binder.ThenAsync(async x =>
        {
            var (task, attempt, taskId) = (x.Saga.Tasks[x.Message.Task]!, x.Message.Attempt, IttybitIds.Of(x.Message.IttybitTaskId));
            if (task.Start(attempt, taskId, x.Now, x.Schedule))
                x.RecordChange("task_started", task.Kind, by: "ittybit");

            if ((taskId ?? task.TaskIdOf(attempt)) is { } known)
                await x.Publish(new CheckTask(x.Saga.CorrelationId, task.Kind, attempt, known));
            else
                task.Hurry(x.Now); // the command is sent again, and its consumer looks for the task
        });
}
