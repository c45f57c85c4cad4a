using Podcast.Outbox;

namespace Podcast.Orchestrator.Episodes;

/// <summary>What follows the tasks: the next state, the follow-ups, the deadline and the snapshot.</summary>
internal static class EpisodeCompletion
{
    extension<T>(EventActivityBinder<EpisodeState, T> on)
        where T : class
    {
        public EventActivityBinder<EpisodeState, T> Settle() => on.ThenAsync(x => x.Settle());
        public EventActivityBinder<EpisodeState, T> FollowUp() => on.ThenAsync(x => x.FollowUp());
        public EventActivityBinder<EpisodeState, T> PublishSnapshot() => on.ThenAsync(x => x.PublishSnapshot());

        public EventActivityBinder<EpisodeState, T> RejectTranscript(Func<T, RoundRefusal> read) => on.ThenAsync(async x =>
        {
            var (transcript, refusal) = (x.Saga.Transcript, read(x.Message));
            if (!x.Saga.AwaitsTranscript || !transcript.Expects(refusal.Round)
                || x.TriesAgain(transcript, refusal, "transcript_rejected", TaskKind.TranscriptGeneration))
                return;

            x.Saga.Tasks[TaskKind.TranscriptGeneration]!.Object(refusal.Reason, x.Now);
            await x.Settle();
        });

        public EventActivityBinder<EpisodeState, T> DelayCheck(Func<T, RoundRefusal> read) => on.ThenAsync(async x =>
        {
            var (check, refusal) = (x.Saga.Check, read(x.Message));
            if (check.Expects(refusal.Round) && !x.TriesAgain(check, refusal, "output_check_delayed"))
                await x.MoveTo(EpisodeStatus.Held, "The outputs could not be looked at.");
        });
    }

    public static EventActivityBinder<EpisodeState, TranscriptStored> AcceptTranscript(
        this EventActivityBinder<EpisodeState, TranscriptStored> on) =>
        on.Then(x =>
        {
            if (x.Saga.Transcript.Finish(x.Message.Round))
                x.RecordChange("transcript_stored", TaskKind.TranscriptGeneration, why: x.Message.Note);
        });

    public static EventActivityBinder<EpisodeState, OutputsChecked> AcceptCheck(
        this EventActivityBinder<EpisodeState, OutputsChecked> on) =>
        on.Then(x =>
        {
            if (!x.Saga.Check.Finish(x.Message.Round))
                return;

            x.Saga.MediaId ??= IttybitIds.Of(x.Message.MediaId);
            foreach (var objection in x.Message.Objections)
                x.Saga.Tasks[objection.Kind]?.Object(objection.Reason, x.Now);
            var words = new[] { x.Saga.Tasks.Objections(), x.Message.Note }.Where(part => !string.IsNullOrEmpty(part));
            x.RecordChange(x.Message.Objections.Count == 0 ? "outputs_checked" : "outputs_rejected", why: string.Join(". ", words));
        });

    /// <summary>After its deadline an episode goes on without missing optional outputs; if more is missing, it is held.</summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> EndIfTooLate(this EventActivityBinder<EpisodeState, EpisodeDue> on) =>
        on.If(x => x.Saga.DeadlineAt <= x.Now && x.Saga.IsAtWork, late => late.ThenAsync(async x =>
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

    extension(BehaviorContext<EpisodeState> x)
    {
        /// <summary>If something changed and all tasks are settled, moves on as <see cref="EpisodeState.Decide"/> says.</summary>
        public Task Settle()
        {
            if (x.Change is null || !x.Saga.Tasks.IsSettled)
                return Task.CompletedTask;

            var (next, reason) = x.Saga.Decide(x.Options);
            return x.MoveTo(next, reason);
        }

        public Task MoveTo(EpisodeStatus next, string? reason = null)
        {
            x.Saga.Reason = reason ?? x.Saga.Reason;
            return x.TransitionToState(x.StateMachine.GetState(next.ToString()));
        }

        /// <summary>Requests the transcript's text and the check of the outputs, as far as they are open and due.</summary>
        public async Task FollowUp()
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
                await x.Publish(episode.CheckOutputs(check.Ask(x.Now, x.Schedule)));
                if (check.IsAskedAgain)
                    x.RecordChange("output_check_requested_again");
            }
        }

        /// <summary>
        /// Sets <see cref="EpisodeState.DueAt"/> and, if the event changed anything that cannot wait, has one snapshot published for
        /// all events of the batch.
        /// </summary>
        public Task PublishSnapshot()
        {
            (x.Saga.DueAt, x.Saga.DueClaims) = (x.Saga.NextMoment, 0);
            if (x.Change is not { } change)
                return Task.CompletedTask;

            x.Saga.Add(change);
            return x.Saga.CanWait(change) ? Task.CompletedTask : x.AtEndOfBatch(x.Saga.CorrelationId, () => x.PublishNow());
        }

        private Task PublishNow()
        {
            x.Saga.PublishedVersion = x.Saga.Version;
            return x.Publish(x.Saga.Snapshot());
        }

        /// <summary>Records that the current round failed; false if no other may follow.</summary>
        private bool TriesAgain(FollowUp followUp, RoundRefusal refusal, string what, TaskKind? task = null)
        {
            if (refusal.Until is null || followUp.LaneUntil is null)
                x.RecordChange(what, task, why: refusal.Reason);
            if (refusal.Until is { } until)
                x.Saga.WaitForLane(until, x.Now);
            return followUp.Refuse(refusal, x.Now, x.Schedule);
        }
    }
}
