namespace Podcast.Orchestrator.Episodes;

/// <summary>Handles users' commands. Each one becomes a row of the history with the user and the reason.</summary>
internal static class OperatorActions
{
    extension(EventActivityBinder<EpisodeState, RetryEpisode> on)
    {
        public EventActivityBinder<EpisodeState, RetryEpisode> RetryTasks() => on.Then(x =>
        {
            var (episode, command) = (x.Saga, x.Message);
            if (!episode.HasSource)
                return;

            var changed = episode.Tasks.Entries
                .Where(task => command.Tasks is { Count: > 0 } named ? named.Contains(task.Kind) : task.NeedsAPerson || !task.IsSettled)
                .Where(task => task.Retry(x.Now, x.Schedule) || (command.Now && task.SkipWait(x.Now)))
                .ToList();

            var isAtRest = episode.CurrentState != nameof(EpisodeStateMachine.Processing);
            if (changed.Count == 0 && !(isAtRest && episode.IsUnfinished))
                return;

            episode.Reason = null;
            if (changed.Count > 0 || episode.Transcript.IsOpen)
                episode.Transcript = episode.Transcript.Anew();
            if (changed.Count > 0 || episode.Check.IsOpen)
            {
                episode.Check = episode.Check.Anew();
                episode.Tasks.Entries.ForEach(task => task.ClearObjection(x.Now)); // the next check finds it again if it still holds
            }
            episode.RenewDeadline(x.Now, x.Options);
            x.RecordChange("retry_requested", changed is [var only] ? only.Kind : null, command.By, command.Why);
        });

        /// <summary>Returns the episode to its open tasks or, if all tasks are settled, to the follow-ups.</summary>
        public EventActivityBinder<EpisodeState, RetryEpisode> ReturnToWork() => on.ThenAsync(x =>
            x.Change is null || x.Saga.Tasks.IsSettled ? x.Settle() : x.MoveTo(EpisodeStatus.Processing));

        /// <summary>Runs the open follow-ups at once instead of at their next round.</summary>
        public EventActivityBinder<EpisodeState, RetryEpisode> SkipFollowUpWaits() => on.If(x => x.Message.Now, hurried => hurried
            .Then(x =>
            {
                var transcript = x.Saga.AwaitsTranscript && x.Saga.Transcript.SkipWait(x.Now);
                var check = x.Saga.AwaitsCheck && x.Saga.Check.SkipWait(x.Now);
                if (transcript || check)
                    x.RecordChange("retry_requested", check ? null : TaskKind.TranscriptGeneration, x.Message.By, x.Message.Why);
            })
            .FollowUp());
    }

    /// <summary>Accepts the outputs as they are and waives the missing ones.</summary>
    public static EventActivityBinder<EpisodeState, ResumeEpisode> AcceptAsItIs(this EventActivityBinder<EpisodeState, ResumeEpisode> on) =>
        on.Then(x =>
        {
            x.Saga.Tasks.Entries.ForEach(task => task.Waive(x.Now));
            x.Saga.Transcript.Waived = x.Saga.Check.Waived = true;
            x.Saga.Reason = null;
            x.RecordChange("resumed", by: x.Message.By, why: x.Message.Why);
        });

    /// <summary>Publishes the newest snapshot again, unless it is known; a user's command also makes a version.</summary>
    public static EventActivityBinder<EpisodeState, RepublishEpisode> RepublishSnapshot(
        this EventActivityBinder<EpisodeState, RepublishEpisode> on) =>
        on.If(x => !(x.Message.KnownVersion >= x.Saga.Version), behind => behind.ThenAsync(async x =>
        {
            if (x.Saga.RecentChanges.Count > 0)
                await x.Publish(x.Saga.Snapshot());
            x.Saga.PublishedVersion = x.Saga.Version;
            if (x.Message.By is not { } user)
                return;

            x.RecordChange("republished", by: user, why: x.Message.Why);
            await x.PublishSnapshot();
        }));

    public static EventActivityBinder<EpisodeState, CancelEpisode> StopTasks(this EventActivityBinder<EpisodeState, CancelEpisode> on) =>
        on.Then(x =>
        {
            x.Saga.Tasks.Entries.ForEach(task => task.Cancel(x.Now));
            x.Saga.Reason = x.Message.Why ?? $"Cancelled by {x.Message.By}.";
            x.RecordChange("cancelled", by: x.Message.By, why: x.Message.Why);
        });
}
