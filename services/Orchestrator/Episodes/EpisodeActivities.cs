namespace Podcast.Orchestrator.Episodes;

/// <summary>What makes the tasks; see also <see cref="EpisodeCompletion"/> and <see cref="OperatorActions"/>.</summary>
internal static class EpisodeActivities
{
    public static EventActivityBinder<EpisodeState, EpisodeUploaded> Plan(this EventActivityBinder<EpisodeState, EpisodeUploaded> on) =>
        on.Then(x =>
        {
            var (upload, refusal) = UploadValidation.Clean(x.Message);
            x.Saga.OwnerId = upload.OwnerId;
            x.Saga.Title = upload.Title;
            x.Saga.Description = upload.Description;
            x.Saga.Source = upload.Source;
            x.Saga.Reason = refusal;
            x.Saga.Priority = upload.Priority;
            x.Saga.Show = upload.Show;
            x.Saga.Details = upload.Details;
            x.Saga.Tasks = TaskLedger.Plan(upload.Tasks, x.Now, x.Options);
            if (refusal is not null)
                x.Saga.Tasks.Entries.ForEach(task => task.Cancel(x.Now)); // there is nothing of which they could be made
            x.Saga.CreatedAt = upload.UploadedAt?.ToUniversalTime() ?? x.Now;
            x.Saga.ProcessingStartedAt = x.Now;
            x.Saga.RenewDeadline(x.Now, x.Options);
            x.RecordChange("uploaded", by: x.Saga.OwnerId);
        });

    public static EventActivityBinder<EpisodeState, T> RequestTasks<T>(this EventActivityBinder<EpisodeState, T> on)
        where T : class =>
        on.ThenAsync(async x =>
        {
            foreach (var task in x.Saga.Tasks.Due(TaskState.Pending, x.Now))
            {
                task.Ask(x.Now, x.Schedule);
                await TaskDefinition.Of(task.Kind).Request(x, x.Saga, task);
                if ((task.IsAskedAgain || task.Attempt > 1) && task.LaneUntil is null)
                    x.RecordChange("task_requested_again", task.Kind, why: task.Error);
            }
        });

    public static EventActivityBinder<EpisodeState, TaskStarted> Record(this EventActivityBinder<EpisodeState, TaskStarted> on) =>
        on.Then(x =>
        {
            foreach (var (kind, attempt, taskId) in x.Message.Tasks())
            {
                if (x.Saga.Tasks[kind]?.Start(attempt, IttybitIds.Of(taskId), x.Now, x.Schedule) != true)
                    continue;
                x.KeepChange(); // each task is a row of history of its own
                x.RecordChange("task_started", kind, by: "ittybit");
            }
        });

    public static EventActivityBinder<EpisodeState, TaskProgressed> Record(this EventActivityBinder<EpisodeState, TaskProgressed> on) =>
        on.Then(x => x.Record(x.Message.Task, "task_progressed", task =>
            task.Progress(x.Message.Attempt, IttybitIds.Of(x.Message.IttybitTaskId), x.Message.Percent, x.Now, x.Schedule)));

    /// <summary>
    /// If a webhook or a list reports success without an output, Ittybit is asked for the task. If that answer has no output
    /// either, the task is completed without one, which the check of the outputs rejects.
    /// </summary>
    public static EventActivityBinder<EpisodeState, TaskCompleted> Record(this EventActivityBinder<EpisodeState, TaskCompleted> on) =>
        on.ThenAsync(async x =>
        {
            var (message, taskId) = (x.Message, IttybitIds.Of(x.Message.IttybitTaskId));
            var hasOutput = !string.IsNullOrWhiteSpace(message.Output?.FileId) || message.Output?.Url is { IsAbsoluteUri: true };
            if (!message.Checked && !hasOutput && x.Saga.Tasks[message.Task] is { } task && task.MayBeSettledBy(message.Attempt, taskId))
                await x.AskForOutput(task, message.Attempt, taskId);
            else
                x.Record(message.Task, "task_completed", entry =>
                    entry.Complete(message.Attempt, taskId, message.Output ?? new TaskOutput(null, null), x.Now));
        });

    public static EventActivityBinder<EpisodeState, TaskFailed> Record(this EventActivityBinder<EpisodeState, TaskFailed> on) =>
        on.Then(x => x.RecordFailure(x.Message));

    public static EventActivityBinder<EpisodeState, TaskDeferred> Record(this EventActivityBinder<EpisodeState, TaskDeferred> on) =>
        on.Then(x => x.Record(x.Message.Task, "task_deferred", task =>
        {
            var isNews = task.Defer(x.Message.Attempt, x.Message.Reason, x.Message.Until, x.Now);
            if (task.LaneUntil is { } until && task.Attempt == x.Message.Attempt)
                x.Saga.WaitForLane(until, x.Now);
            return isNews;
        }, x.Message.Reason));

    /// <summary>Counts the fault of a consumer that gave up as a transient refusal, so nobody waits for an answer.</summary>
    public static EventActivityBinder<EpisodeState, Fault<T>> RecordFault<T>(
        this EventActivityBinder<EpisodeState, Fault<T>> on, TaskKind kind, Func<T, int> attempt)
        where T : class =>
        on.Then(x =>
        {
            var reason = $"Our own service failed on it ({x.Message.Exceptions?.FirstOrDefault()?.ExceptionType ?? "unknown error"}).";
            x.RecordFailure(new TaskFailed(x.Saga.CorrelationId, kind, attempt(x.Message.Message), null, reason, Transient: true, x.Now));
        });

    extension(EventActivityBinder<EpisodeState, EpisodeDue> on)
    {
        public EventActivityBinder<EpisodeState, EpisodeDue> SkipLaneWaits() =>
            on.If(x => x.Message.LaneIsOpen, open => open.Then(x => x.Saga.SkipLaneWaits(x.Now)));

        public EventActivityBinder<EpisodeState, EpisodeDue> CheckTasks() => on.ThenAsync(async x =>
        {
            foreach (var task in x.Saga.Tasks.Due(TaskState.Processing, x.Now))
            {
                task.Check(x.Now, x.Schedule);
                await x.Publish(new CheckTask(x.Saga.CorrelationId, task.Kind, task.Attempt, task.IttybitTaskId!));
            }
        });

        public EventActivityBinder<EpisodeState, EpisodeDue> GiveUpOverdueTasks() => on.Then(x =>
        {
            foreach (var task in x.Saga.Tasks.Due(TaskState.Processing, x.Now).Where(task => task.IsLastChance))
            {
                var reason = $"Ittybit did not finish within {x.Options.DeadlineOf(task.Kind):g}.";
                if (task.Fail(task.Attempt, task.IttybitTaskId, reason, transient: true, x.Now, x.Schedule))
                    x.RecordChange("task_given_up", task.Kind, why: reason);
            }
        });
    }

    extension(BehaviorContext<EpisodeState> x)
    {
        private void Record(TaskKind kind, string what, Func<TaskEntry, bool> rule, string? why = null)
        {
            if (x.Saga.Tasks[kind] is { } task && rule(task))
                x.RecordChange(what, kind, by: "ittybit", why);
        }

        private void RecordFailure(TaskFailed m) => x.Record(m.Task, "task_failed", task => task.Fail(
            m.Attempt, IttybitIds.Of(m.IttybitTaskId), m.Reason, m.Transient, x.Now, x.Schedule, m.Lost), m.Reason);

        /// <summary>Publishes the question at once instead of at the next sweep, because the sweep skips held episodes.</summary>
        private async Task AskForOutput(TaskEntry task, int attempt, string? taskId)
        {
            if (task.Start(attempt, taskId, x.Now, x.Schedule))
                x.RecordChange("task_started", task.Kind, by: "ittybit");

            if ((taskId ?? task.TaskIdOf(attempt)) is { } known)
                await x.Publish(new CheckTask(x.Saga.CorrelationId, task.Kind, attempt, known));
            else
                task.Hurry(x.Now); // the command is sent again, and its consumer looks for the task
        }
    }
}
