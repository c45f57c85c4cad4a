namespace Podcast.Orchestrator.Episodes;

/// <summary>What follows the tasks: the follow-ups, the next state, the deadline and the snapshot.</summary>
internal static class EpisodeCompletion
{
    /// <summary>If the event changed something and all tasks are settled: moves on as <see cref="EpisodeDecision"/> says.</summary>
    public static EventActivityBinder<EpisodeState, T> Settle<T>(this EventActivityBinder<EpisodeState, T> binder)
        where T : class =>
        binder.ThenAsync(Settle);

    /// <summary>Returns the episode to its open tasks or, if all tasks are settled, to the follow-ups.</summary>
    public static EventActivityBinder<EpisodeState, RetryEpisode> ReturnToWork(this EventActivityBinder<EpisodeState, RetryEpisode> binder) =>
        binder.ThenAsync(x => x.Change is null || x.Saga.Tasks.IsSettled ? x.Settle() : x.MoveTo(EpisodeStatus.Processing));

    public static EventActivityBinder<EpisodeState> FollowUp(this EventActivityBinder<EpisodeState> binder) => binder.ThenAsync(FollowUp);

    public static EventActivityBinder<EpisodeState, T> FollowUp<T>(this EventActivityBinder<EpisodeState, T> binder)
        where T : class =>
        binder.ThenAsync(FollowUp);

    public static EventActivityBinder<EpisodeState> PublishProcessed(this EventActivityBinder<EpisodeState> binder) => binder.ThenAsync(x =>
    {
        x.Saga.Reason = null;
        x.Saga.ProcessingCompletedAt = x.Now;
        return x.Publish(new EpisodeProcessed(
            x.Saga.CorrelationId, x.Saga.OwnerId, x.Saga.Title, x.Saga.Description, x.Saga.Outputs, x.Now));
    });

    public static EventActivityBinder<EpisodeState> PublishFailed(this EventActivityBinder<EpisodeState> binder) =>
        binder.ThenAsync(x => x.Publish(new EpisodeFailed(x.Saga.CorrelationId, x.Saga.OwnerId, x.Saga.Reason!, x.Now)));

    public static EventActivityBinder<EpisodeState, TranscriptStored> AcceptTranscript(
        this EventActivityBinder<EpisodeState, TranscriptStored> binder) =>
        binder.Then(x =>
        {
            if (x.Saga.Transcript.Finish(x.Message.Round))
                x.RecordChange("transcript_stored", TaskKind.TranscriptGeneration, why: x.Message.Note);
        });

    public static EventActivityBinder<EpisodeState, T> RejectTranscript<T>(
        this EventActivityBinder<EpisodeState, T> binder, Func<T, RefusedRound> read)
        where T : class =>
        binder.ThenAsync(async x =>
        {
            var refused = read(x.Message);
            if (!x.Saga.AwaitsTranscript || !x.Saga.Transcript.Expects(refused.Round))
                return;

            if (x.TriesAgain(x.Saga.Transcript, refused, "transcript_rejected", TaskKind.TranscriptGeneration))
                return;

            x.Saga.Tasks[TaskKind.TranscriptGeneration]!.Object(refused.Reason, x.Now);
            await x.Settle();
        });

    public static EventActivityBinder<EpisodeState, OutputsChecked> AcceptCheck(
        this EventActivityBinder<EpisodeState, OutputsChecked> binder) =>
        binder.Then(x =>
        {
            if (!x.Saga.Check.Finish(x.Message.Round))
                return;

            foreach (var objection in x.Message.Objections)
                x.Saga.Tasks[objection.Kind]?.Object(objection.Reason, x.Now);
            var words = new[] { x.Saga.Tasks.Objections(), x.Message.Note }.Where(part => !string.IsNullOrEmpty(part));
            x.RecordChange(x.Message.Objections.Count == 0 ? "outputs_checked" : "outputs_rejected", why: string.Join(". ", words));
        });

    public static EventActivityBinder<EpisodeState, T> DelayCheck<T>(
        this EventActivityBinder<EpisodeState, T> binder, Func<T, RefusedRound> read)
        where T : class =>
        binder.ThenAsync(async x =>
        {
            var refused = read(x.Message);
            if (x.Saga.Check.Expects(refused.Round) && !x.TriesAgain(x.Saga.Check, refused, "output_check_delayed"))
                await x.MoveTo(EpisodeStatus.Held, "The outputs could not be looked at.");
        });

    /// <summary>
    /// Gives an episode that returns to work, by a user's command or a late event, the full time again.
    /// </summary>
    public static EventActivityBinder<EpisodeState> BeginTerm(this EventActivityBinder<EpisodeState> binder) => binder.Then(x =>
    {
        x.Saga.RenewDeadline(x.Now, x.Options);
        x.Saga.Tasks.Entries.ForEach(task => task.BeginTerm(x.Now, x.Schedule));
    });

    /// <summary>
    /// After its deadline an episode goes on without optional outputs that are missing. If anything else is missing, it is held
    /// for a user's decision.
    /// </summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> EndIfTooLate(this EventActivityBinder<EpisodeState, EpisodeDue> binder) =>
        binder.If(x => x.Saga.DeadlineAt <= x.Now && x.Saga.IsAtWork, late => late.ThenAsync(async x =>
        {
            const string TooLate = "No answer in time";
            x.RecordChange("deadline_passed");
            if (!x.Saga.MissesOnlyExtras)
            {
                await x.MoveTo(EpisodeStatus.Held, $"{TooLate} for: {x.Saga.Missing}.");
                return;
            }

            if (x.Saga.Tasks.IsSettled)
                x.Saga.Tasks[TaskKind.TranscriptGeneration]!.Object($"{TooLate}.", x.Now);
            foreach (var task in x.Saga.Tasks.Entries.Where(task => !task.IsSettled))
                task.GiveUp($"{TooLate}.", x.Now);
            x.Saga.RenewDeadline(x.Now, x.Options); // the follow-ups get the full time
            await x.Settle();
        }));

    /// <summary>Publishes a snapshot if the event changed anything, and sets <see cref="EpisodeState.DueAt"/>.</summary>
    public static EventActivityBinder<EpisodeState, T> PublishSnapshot<T>(this EventActivityBinder<EpisodeState, T> binder)
        where T : class =>
        binder.ThenAsync(PublishSnapshot);

    public static async Task PublishSnapshot(this BehaviorContext<EpisodeState> x)
    {
        x.Saga.DueAt = x.Saga.NextMoment();
        x.Saga.DueClaims = 0;
        if (x.Change is not { } change)
            return;

        x.Saga.Version++;
        x.Saga.LastChange = change;
        await x.Publish(x.Saga.Snapshot(change));
    }

    /// <summary>Requests the transcript's text and the check of the outputs, as far as they are open and due.</summary>
    public static async Task FollowUp(this BehaviorContext<EpisodeState> x)
    {
        var (episode, transcript, check) = (x.Saga, x.Saga.Transcript, x.Saga.Check);
        if (episode.AwaitsTranscript && transcript.IsDue(x.Now))
        {
            var output = episode.Tasks[TaskKind.TranscriptGeneration]!.Output!;
            await x.Publish(new CollectTranscript(episode.CorrelationId, transcript.Ask(x.Now, x.Schedule), output));
            if (transcript.IsAskedAgain)
                x.RecordChange("transcript_requested_again", TaskKind.TranscriptGeneration);
        }

        if (episode.AwaitsCheck && check.IsDue(x.Now))
        {
            var optional = episode.Tasks.Entries.Where(task => !task.Required).Select(task => task.Kind).ToArray();
            await x.Publish(new CheckOutputs(
                episode.CorrelationId, check.Ask(x.Now, x.Schedule), episode.Source, episode.Outputs, check.Since, optional));
            if (check.IsAskedAgain)
                x.RecordChange("output_check_requested_again");
        }
    }

    private static Task Settle(this BehaviorContext<EpisodeState> x)
    {
        if (x.Change is null || !x.Saga.Tasks.IsSettled)
            return Task.CompletedTask;

        var (next, reason) = EpisodeDecision.Of(x.Saga, x.Options);
        return x.MoveTo(next, reason);
    }

    private static Task MoveTo(this BehaviorContext<EpisodeState> x, EpisodeStatus next, string? reason = null)
    {
        x.Saga.Reason = reason ?? x.Saga.Reason;
        return x.TransitionToState(x.StateMachine.GetState(next.ToString()));
    }

    /// <summary>Records that the current round failed; false if no other may follow.</summary>
    private static bool TriesAgain(
        this BehaviorContext<EpisodeState> x, FollowUp followUp, RefusedRound refused, string what, TaskKind? task = null)
    {
        if (refused.Until is null || followUp.LaneUntil is null)
            x.RecordChange(what, task, why: refused.Reason);
        if (refused.Until is { } until)
            x.Saga.WaitForLane(until, x.Now);
        return refused.Transient && followUp.Refuse(refused.Until, x.Now, x.Schedule);
    }
}
