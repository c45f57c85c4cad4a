namespace Podcast.Orchestrator.Episodes;

/// <summary>Decides whether an episode is done and which state follows. No other code decides this.</summary>
internal static class EpisodeCompletion
{
    /// <summary>If all tasks are settled: requests the follow-ups, or ends the episode.</summary>
    public static EventActivityBinder<EpisodeState, T> Settle<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine)
        where T : class =>
        binder.If(x => x.Saga.Change is not null && x.Saga.Tasks.IsSettled, settled => settled
            .IfElse(Is<T>(machine, NextStep.FollowUp),
                follow => follow.FollowUp(machine).TransitionTo(machine.Completing),
                ended => ended.IfElse(Is<T>(machine, NextStep.Complete),
                    complete => complete.Complete(machine),
                    unfinished => unfinished.IfElse(Is<T>(machine, NextStep.Hold),
                        hold => hold.Hold(machine, x => EpisodeDecision.Of(x, machine.Options).Reason!),
                        fail => fail.Fail(machine, x => EpisodeDecision.Of(x, machine.Options).Reason!)))));

    /// <summary>
    /// Requests the collecting of the transcript and the check of the outputs, as far as they are open and due.
    /// </summary>
    public static EventActivityBinder<EpisodeState, T> FollowUp<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine)
        where T : class =>
        binder.ThenAsync(async x =>
        {
            var (now, schedule) = (machine.Clock.GetUtcNow(), x.Saga.RetrySchedule(machine));
            if (x.Saga.AwaitsTranscript() && x.Saga.Transcript.IsDue(now))
            {
                var output = x.Saga.Tasks[TaskKind.TranscriptGeneration]!.Output!;
                await x.Publish(new CollectTranscript(x.Saga.CorrelationId, x.Saga.Transcript.Ask(now, schedule), output));
                if (x.Saga.Transcript.Tries > 1 && x.Saga.Transcript.LaneUntil is null)
                    x.Saga.RecordChange(now, "transcript_requested_again", TaskKind.TranscriptGeneration);
            }

            if (x.Saga.AwaitsCheck() && x.Saga.Check.IsDue(now))
            {
                var round = x.Saga.Check.Ask(now, schedule);
                var optional = x.Saga.Tasks.Entries.Where(entry => !entry.Required).Select(entry => entry.Kind).ToArray();
                await x.Publish(
                    new CheckOutputs(x.Saga.CorrelationId, round, x.Saga.Source, x.Saga.Outputs(), x.Saga.Check.Since, optional));
                if (x.Saga.Check.Tries > 1 && x.Saga.Check.LaneUntil is null)
                    x.Saga.RecordChange(now, "output_check_requested_again");
            }
        });

    public static EventActivityBinder<EpisodeState, TranscriptStored> AcceptTranscript(
        this EventActivityBinder<EpisodeState, TranscriptStored> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            if (x.Saga.Transcript.Finish(x.Message.Round))
                x.Saga.RecordChange(machine.Clock.GetUtcNow(), "transcript_stored", TaskKind.TranscriptGeneration, why: x.Message.Note);
        });

    public static EventActivityBinder<EpisodeState, TranscriptRejected> RejectTranscript(
        this EventActivityBinder<EpisodeState, TranscriptRejected> binder, EpisodeStateMachine machine) =>
        binder.RejectTranscript(machine, x => x.Round, x => x.Reason, x => x.Transient, x => x.Until);

    public static EventActivityBinder<EpisodeState, Fault<CollectTranscript>> RejectTranscript(
        this EventActivityBinder<EpisodeState, Fault<CollectTranscript>> binder, EpisodeStateMachine machine) =>
        binder.RejectTranscript(machine, x => x.Message.Round, _ => "Our own service failed to collect it.", _ => true, _ => null);

    public static EventActivityBinder<EpisodeState, OutputsChecked> AcceptCheck(
        this EventActivityBinder<EpisodeState, OutputsChecked> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            if (!x.Saga.Check.Finish(x.Message.Round))
                return;

            var now = machine.Clock.GetUtcNow();
            foreach (var objection in x.Message.Objections)
                x.Saga.Tasks[objection.Kind]?.Object(objection.Reason, now);
            var words = new[] { x.Saga.Tasks.Objections(), x.Message.Note }.Where(part => !string.IsNullOrEmpty(part));
            x.Saga.RecordChange(now, x.Message.Objections.Count == 0 ? "outputs_checked" : "outputs_rejected", why: string.Join(". ", words));
        });

    public static EventActivityBinder<EpisodeState, OutputCheckDelayed> DelayCheck(
        this EventActivityBinder<EpisodeState, OutputCheckDelayed> binder, EpisodeStateMachine machine) =>
        binder.DelayCheck(machine, x => x.Round, x => x.Reason, x => x.Until);

    public static EventActivityBinder<EpisodeState, Fault<CheckOutputs>> DelayCheck(
        this EventActivityBinder<EpisodeState, Fault<CheckOutputs>> binder, EpisodeStateMachine machine) =>
        binder.DelayCheck(machine, x => x.Message.Round, _ => "Our own service failed to look at the outputs.", _ => null);

    /// <summary>Returns the episode to its open tasks or, if all tasks are settled, to the follow-ups.</summary>
    public static EventActivityBinder<EpisodeState, RetryEpisode> ReturnToWork(
        this EventActivityBinder<EpisodeState, RetryEpisode> binder, EpisodeStateMachine machine) =>
        binder.If(x => x.Saga.Change is not null, changed => changed.IfElse(x => x.Saga.Tasks.IsSettled,
            made => made.Settle(machine),
            open => open.TransitionTo(machine.Processing)));

    public static EventActivityBinder<EpisodeState, T> Fail<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine, Func<EpisodeState, string> reason)
        where T : class =>
        binder
            .ThenAsync(x =>
            {
                x.Saga.Reason = reason(x.Saga);
                return x.Publish(new EpisodeFailed(x.Saga.CorrelationId, x.Saga.OwnerId, x.Saga.Reason, machine.Clock.GetUtcNow()));
            })
            .TransitionTo(machine.Failed);

    public static EventActivityBinder<EpisodeState, T> Hold<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine, Func<EpisodeState, string> reason)
        where T : class =>
        binder
            .Then(x => x.Saga.Reason = reason(x.Saga))
            .TransitionTo(machine.Held);

    /// <summary>Publishes a snapshot if this event changed anything, and sets <see cref="EpisodeState.DueAt"/>.</summary>
    public static EventActivityBinder<EpisodeState, T> PublishSnapshot<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine)
        where T : class =>
        binder.ThenAsync(async x =>
        {
            x.Saga.DueAt = x.Saga.NextMoment();
            x.Saga.DueClaims = 0;
            if (x.Saga.Change is null)
                return;

            x.Saga.Version++;
            await x.Publish(x.Saga.Snapshot(x.Saga.Change));
            (x.Saga.LastChange, x.Saga.Change) = (x.Saga.Change, null);
        });

    private static StateMachineCondition<EpisodeState, T> Is<T>(EpisodeStateMachine machine, NextStep step)
        where T : class =>
        x => EpisodeDecision.Of(x.Saga, machine.Options).Step == step;

    private static EventActivityBinder<EpisodeState, T> Complete<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine)
        where T : class =>
        binder
            .ThenAsync(x =>
            {
                x.Saga.Reason = null;
                x.Saga.ProcessingCompletedAt = machine.Clock.GetUtcNow();
                return x.Publish(x.Saga.Processed());
            })
            .TransitionTo(machine.Processed);

    private static EventActivityBinder<EpisodeState, T> RejectTranscript<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine,
        Func<T, int> round, Func<T, string> reason, Func<T, bool> transient, Func<T, DateTimeOffset?> until)
        where T : class =>
        binder
            .If(x => x.Saga.AwaitsTranscript() && x.Saga.Transcript.Expects(round(x.Message)), current => current.Then(x =>
            {
                var now = machine.Clock.GetUtcNow();
                if (until(x.Message) is null || x.Saga.Transcript.LaneUntil is null)
                    x.Saga.RecordChange(now, "transcript_rejected", TaskKind.TranscriptGeneration, why: reason(x.Message));
                if (until(x.Message) is { } open)
                    x.Saga.WaitForLane(open, now);
                if (!transient(x.Message) || !x.Saga.Transcript.Refuse(until(x.Message), now, x.Saga.RetrySchedule(machine)))
                    x.Saga.Tasks[TaskKind.TranscriptGeneration]!.Object(reason(x.Message), now);
            }))
            .If(x => !x.Saga.AwaitsTranscript(), rejected => rejected.Settle(machine));

    private static EventActivityBinder<EpisodeState, T> DelayCheck<T>(
        this EventActivityBinder<EpisodeState, T> binder, EpisodeStateMachine machine,
        Func<T, int> round, Func<T, string> reason, Func<T, DateTimeOffset?> until)
        where T : class =>
        binder.If(x => x.Saga.Check.Expects(round(x.Message)), current => current
            .Then(x =>
            {
                var now = machine.Clock.GetUtcNow();
                if (until(x.Message) is null || x.Saga.Check.LaneUntil is null)
                    x.Saga.RecordChange(now, "output_check_delayed", why: reason(x.Message));
                if (until(x.Message) is { } open)
                    x.Saga.WaitForLane(open, now);
            })
            .If(x => !x.Saga.Check.Refuse(until(x.Message), machine.Clock.GetUtcNow(), x.Saga.RetrySchedule(machine)),
                tired => tired.Hold(machine, _ => "The outputs could not be looked at.")));
}
