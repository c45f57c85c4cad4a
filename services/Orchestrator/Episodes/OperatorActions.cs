namespace Podcast.Orchestrator.Episodes;

/// <summary>Handles users' commands. Each one becomes a row of the history with the user and the reason.</summary>
internal static class OperatorActions
{
    public static EventActivityBinder<EpisodeState, RetryEpisode> RetryTasks(
        this EventActivityBinder<EpisodeState, RetryEpisode> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            var now = machine.Clock.GetUtcNow();
            var retry = x.Message;
            var changed = x.Saga.Tasks.Entries
                .Where(entry => retry.Tasks is { Count: > 0 } named ? named.Contains(entry.Kind) : entry.NeedsAPerson || !entry.IsSettled)
                .Where(entry => entry.Retry(now, x.Saga.RetrySchedule(machine)) || (retry.Now && entry.SkipWait(now)))
                .ToList();

            var isAtRest = x.Saga.CurrentState != nameof(EpisodeStateMachine.Processing);
            if (!x.Saga.HasSource() || (changed.Count == 0 && !(isAtRest && x.Saga.IsUnfinished())))
                return;

            x.Saga.Reason = null;
            if (changed.Count > 0 || x.Saga.Transcript.IsOpen)
                x.Saga.Transcript = x.Saga.Transcript.Anew();
            if (changed.Count > 0 || x.Saga.Check.IsOpen)
                x.Saga.Check = x.Saga.Check.Anew();
            x.Saga.RenewDeadline(machine);
            x.Saga.RecordChange(now, "retry_requested", changed is [var only] ? only.Kind : null, retry.By, retry.Why);
        });

    /// <summary>Runs the open follow-ups at once instead of at their next round.</summary>
    public static EventActivityBinder<EpisodeState, RetryEpisode> SkipFollowUpWaits(
        this EventActivityBinder<EpisodeState, RetryEpisode> binder, EpisodeStateMachine machine) =>
        binder.If(x => x.Message.Now, hurried => hurried
            .Then(x =>
            {
                var now = machine.Clock.GetUtcNow();
                var transcript = x.Saga.AwaitsTranscript() && x.Saga.Transcript.SkipWait(now);
                var check = x.Saga.AwaitsCheck() && x.Saga.Check.SkipWait(now);
                if (transcript || check)
                    x.Saga.RecordChange(now, "retry_requested", check ? null : TaskKind.TranscriptGeneration, x.Message.By, x.Message.Why);
            })
            .FollowUp(machine));

    /// <summary>Accepts the outputs as they are and waives the missing ones, on a user's command.</summary>
    public static EventActivityBinder<EpisodeState, ResumeEpisode> AcceptAsItIs(
        this EventActivityBinder<EpisodeState, ResumeEpisode> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            var now = machine.Clock.GetUtcNow();
            x.Saga.Tasks.Waive(now);
            x.Saga.Transcript.Waived = x.Saga.Check.Waived = true;
            x.Saga.Reason = null;
            x.Saga.RecordChange(now, "resumed", by: x.Message.By, why: x.Message.Why);
        });

    /// <summary>
    /// Publishes the newest snapshot again, unchanged, if the requester has an older one. A user's command then also makes a
    /// version of its own, which records the user.
    /// </summary>
    public static EventActivityBinder<EpisodeState, RepublishEpisode> RepublishSnapshot(
        this EventActivityBinder<EpisodeState, RepublishEpisode> binder, EpisodeStateMachine machine) =>
        binder.If(x => !(x.Message.KnownVersion >= x.Saga.Version), behind => behind
            .ThenAsync(x => x.Saga.LastChange is { } change ? x.Publish(x.Saga.Snapshot(change)) : Task.CompletedTask)
            .If(x => x.Message.By is not null, ordered => ordered
                .Then(x => x.Saga.RecordChange(machine.Clock.GetUtcNow(), "republished", by: x.Message.By!, why: x.Message.Why))
                .PublishSnapshot(machine)));

    public static EventActivityBinder<EpisodeState, CancelEpisode> StopTasks(
        this EventActivityBinder<EpisodeState, CancelEpisode> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            var now = machine.Clock.GetUtcNow();
            x.Saga.Tasks.Entries.ForEach(entry => entry.Cancel(now));
            x.Saga.Reason = x.Message.Why ?? $"Cancelled by {x.Message.By}.";
            x.Saga.RecordChange(now, "cancelled", by: x.Message.By, why: x.Message.Why);
        });
}
