namespace Podcast.Orchestrator.Episodes;

/// <summary>Sets the deadline of an episode, and handles an episode that misses it.</summary>
internal static class EpisodeDeadlines
{
    private const string TooLate = "No answer in time.";

    /// <summary>
    /// Gives an episode that returns to work, by a user's command or a late event, the full time again, from when the provider
    /// can be called.
    /// </summary>
    public static EventActivityBinder<EpisodeState> BeginTerm(
        this EventActivityBinder<EpisodeState> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            x.Saga.RenewDeadline(machine);
            x.Saga.Tasks.Entries.ForEach(entry => entry.BeginTerm(machine.Clock.GetUtcNow(), x.Saga.RetrySchedule(machine)));
        });

    public static void RenewDeadline(this EpisodeState episode, EpisodeStateMachine machine)
    {
        var now = machine.Clock.GetUtcNow();
        episode.DeadlineAt = (episode.LaneUntil > now ? episode.LaneUntil.Value : now) + machine.Options.EpisodeDeadline;
    }

    /// <summary>
    /// After its deadline an episode completes without optional outputs that are missing. If anything else is missing, it is held
    /// for a user's decision, and the reason names what is missing.
    /// </summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> EndIfTooLate(
        this EventActivityBinder<EpisodeState, EpisodeDue> binder, EpisodeStateMachine machine) =>
        binder.If(
            x => x.Saga.DeadlineAt <= machine.Clock.GetUtcNow() && x.Saga.IsAtWork(),
            late => late
                .Then(x => x.Saga.RecordChange(machine.Clock.GetUtcNow(), "deadline_passed"))
                .IfElse(x => x.Saga.MissesOnlyExtras(),
                    extras => extras.Then(x => x.Saga.GiveUpExtras(machine)).Settle(machine),
                    held => held.Hold(machine, x => $"No answer in time for: {x.Missing()}.")));

    private static bool MissesOnlyExtras(this EpisodeState episode) => episode.Tasks.IsSettled
        ? episode.AwaitsTranscript() && !episode.Tasks[TaskKind.TranscriptGeneration]!.Required && !episode.AwaitsCheck()
        : episode.Tasks.Entries.TrueForAll(entry => entry.IsSettled || !entry.Required);

    private static void GiveUpExtras(this EpisodeState episode, EpisodeStateMachine machine)
    {
        var now = machine.Clock.GetUtcNow();
        if (episode.Tasks.IsSettled)
            episode.Tasks[TaskKind.TranscriptGeneration]!.Object(TooLate, now);

        foreach (var entry in episode.Tasks.Entries.Where(entry => !entry.IsSettled))
            entry.GiveUp(TooLate, now);
        episode.RenewDeadline(machine); // the follow-ups get the full time
    }
}
