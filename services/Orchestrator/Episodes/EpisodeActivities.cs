namespace Podcast.Orchestrator.Episodes;

/// <summary>
/// The activities of the state machine. Users' commands are in <see cref="OperatorActions"/>, the end of an episode in
/// <see cref="EpisodeCompletion"/>.
/// </summary>
internal static class EpisodeActivities
{
    public static EventActivityBinder<EpisodeState, EpisodeUploaded> Plan(
        this EventActivityBinder<EpisodeState, EpisodeUploaded> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            var now = machine.Clock.GetUtcNow();
            var upload = UploadValidation.Clean(x.Message);
            x.Saga.OwnerId = upload.OwnerId;
            x.Saga.Title = upload.Title;
            x.Saga.Description = upload.Description;
            x.Saga.Source = upload.Source;
            x.Saga.Reason = UploadValidation.Refuse(x.Message);
            x.Saga.Priority = upload.Priority;
            x.Saga.Tasks = TaskLedger.Plan(upload.Tasks, now, machine.Options);
            x.Saga.CreatedAt = upload.UploadedAt?.ToUniversalTime() ?? now;
            x.Saga.ProcessingStartedAt = now;
            x.Saga.DeadlineAt = now + machine.Options.EpisodeDeadline;
            x.Saga.RecordChange(now, "uploaded", by: x.Saga.OwnerId);
        });

    public static EventActivityBinder<EpisodeState, EpisodeUploaded> DescribeMedia(
        this EventActivityBinder<EpisodeState, EpisodeUploaded> binder) =>
        binder.ThenAsync(x => x.Publish(new DescribeMedia(x.Saga.CorrelationId, x.Saga.Source, x.Saga.Title, x.Saga.Description)));

    public static EventActivityBinder<EpisodeState, T> RequestTasks<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine)
        where T : class =>
        binder.ThenAsync(async x =>
        {
            var now = machine.Clock.GetUtcNow();
            foreach (var entry in x.Saga.Tasks.ToAsk(now).ToList())
            {
                var again = entry.Ask(now, x.Saga.RetrySchedule(machine));
                var command = TaskCommands.For(x.Saga, entry, again);
                await x.Publish(command, command.GetType());
                if ((again || entry.Attempt > 1) && entry.LaneUntil is null)
                    x.Saga.RecordChange(now, "task_requested_again", entry.Kind, why: entry.Error);
            }
        });

    public static EventActivityBinder<EpisodeState, TaskStarted> Record(
        this EventActivityBinder<EpisodeState, TaskStarted> binder, EpisodeStateMachine machine) =>
        binder.Record(machine, x => x.Task, "task_started", (entry, m, now, schedule) =>
            entry.Start(m.Attempt, IttybitIds.Of(m.IttybitTaskId), now, schedule));

    public static EventActivityBinder<EpisodeState, TaskProgressed> Record(
        this EventActivityBinder<EpisodeState, TaskProgressed> binder, EpisodeStateMachine machine) =>
        binder.Record(machine, x => x.Task, "task_progressed", (entry, m, now, schedule) =>
            entry.Progress(m.Attempt, IttybitIds.Of(m.IttybitTaskId), m.Percent, now, schedule));

    public static EventActivityBinder<EpisodeState, TaskCompleted> Record(
        this EventActivityBinder<EpisodeState, TaskCompleted> binder, EpisodeStateMachine machine) =>
        binder.IfElse(x => x.Saga.LacksOutput(x.Message),
            unsure => unsure.AskForOutput(machine),
            sure => sure.Record(machine, x => x.Task, "task_completed", (entry, m, now, _) =>
                entry.Complete(m.Attempt, IttybitIds.Of(m.IttybitTaskId), m.Output ?? new TaskOutput(null, null), now)));

    public static EventActivityBinder<EpisodeState, TaskFailed> Record(
        this EventActivityBinder<EpisodeState, TaskFailed> binder, EpisodeStateMachine machine) =>
        binder.Record(machine, x => x.Task, "task_failed", (entry, m, now, schedule) =>
            entry.Fail(m.Attempt, IttybitIds.Of(m.IttybitTaskId), m.Reason, m.Transient, now, schedule, m.Lost), m => m.Reason);

    public static EventActivityBinder<EpisodeState, TaskDeferred> Record(
        this EventActivityBinder<EpisodeState, TaskDeferred> binder, EpisodeStateMachine machine) =>
        binder.Record(machine, x => x.Task, "task_deferred", (entry, m, now, _) =>
            entry.Defer(m.Attempt, m.Reason, m.Until, now), m => m.Reason)
            .Then(x =>
            {
                if (x.Saga.Tasks[x.Message.Task] is { LaneUntil: { } until } entry && entry.Attempt == x.Message.Attempt)
                    x.Saga.WaitForLane(until, machine.Clock.GetUtcNow());
            });

    /// <summary>Ends all waits for Ittybit's lane if the message says that the lane is open.</summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> SkipLaneWaits(
        this EventActivityBinder<EpisodeState, EpisodeDue> binder, EpisodeStateMachine machine) =>
        binder.If(x => x.Message.LaneIsOpen, open => open.Then(x =>
        {
            var now = machine.Clock.GetUtcNow();
            x.Saga.EndLaneWait(now);
            x.Saga.Tasks.Entries.ForEach(entry => entry.SkipLaneWait(now));
            x.Saga.Transcript.SkipLaneWait(now);
            x.Saga.Check.SkipLaneWait(now);
        }));

    /// <summary>
    /// Counts the fault of a consumer that gave up as a transient refusal, so that the episode does not wait for its answer.
    /// </summary>
    public static EventActivityBinder<EpisodeState, Fault<T>> RecordFault<T>(
        this EventActivityBinder<EpisodeState, Fault<T>> binder, EpisodeStateMachine machine, TaskKind kind, Func<T, int> attempt)
        where T : class =>
        binder.Record(machine, _ => kind, "task_failed", (entry, m, now, schedule) =>
            entry.Fail(attempt(m.Message), null, Reason(m), transient: true, now, schedule), Reason);

    /// <summary>Asks Ittybit for the state of the tasks whose webhook has not arrived in time.</summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> CheckTasks(
        this EventActivityBinder<EpisodeState, EpisodeDue> binder, EpisodeStateMachine machine) =>
        binder.ThenAsync(async x =>
        {
            var now = machine.Clock.GetUtcNow();
            foreach (var entry in x.Saga.Tasks.ToCheck(now).ToList())
            {
                entry.Check(now, x.Saga.RetrySchedule(machine));
                await x.Publish(new CheckTask(x.Saga.CorrelationId, entry.Kind, entry.Attempt, entry.IttybitTaskId!));
            }
        });

    public static EventActivityBinder<EpisodeState, EpisodeDue> GiveUpOverdueTasks(
        this EventActivityBinder<EpisodeState, EpisodeDue> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            var now = machine.Clock.GetUtcNow();
            foreach (var entry in x.Saga.Tasks.Overdue(now).ToList())
            {
                var reason = $"Ittybit did not finish within {machine.Options.DeadlineOf(entry.Kind):g}.";
                if (entry.Fail(entry.Attempt, entry.IttybitTaskId, reason, transient: true, now, x.Saga.RetrySchedule(machine)))
                    x.Saga.RecordChange(now, "task_given_up", entry.Kind, why: reason);
            }
        });

    private static EventActivityBinder<EpisodeState, T> Record<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine,
        Func<T, TaskKind> kind, string what, Func<TaskEntry, T, DateTimeOffset, RetrySchedule, bool> rule, Func<T, string?>? why = null)
        where T : class =>
        binder.Then(x =>
        {
            var now = machine.Clock.GetUtcNow();
            if (x.Saga.Tasks[kind(x.Message)] is { } entry && rule(entry, x.Message, now, x.Saga.RetrySchedule(machine)))
                x.Saga.RecordChange(now, what, entry.Kind, by: "ittybit", why?.Invoke(x.Message));
        });

    private static string Reason<T>(Fault<T> fault) =>
        $"Our own service failed on it ({fault.Exceptions?.FirstOrDefault()?.ExceptionType ?? "unknown error"}).";
}
