using MassTransit;
using Podcast.Contracts;
using Podcast.Orchestrator.Ledger;

namespace Podcast.Orchestrator.Episodes;

/// <summary>How long an episode may be at work, and what becomes of it then.</summary>
internal static class EpisodeDeadlines
{
    private const string TooLate = "No answer in time.";

    /// <summary>
    /// Who goes back to work, by a person's word or by itself, has all the time anew, from when the provider can be asked.
    /// </summary>
    public static EventActivityBinder<EpisodeState> BeginTerm(
        this EventActivityBinder<EpisodeState> binder, EpisodeStateMachine machine) =>
        binder.Then(x =>
        {
            x.Saga.RenewDeadline(machine);
            x.Saga.Tasks.Entries.ForEach(entry => entry.BeginTerm(machine.Clock.GetUtcNow(), x.Saga.Patience(machine)));
        });

    public static void RenewDeadline(this EpisodeState episode, EpisodeStateMachine machine)
    {
        var now = machine.Clock.GetUtcNow();
        episode.DeadlineAt = (episode.LaneUntil > now ? episode.LaneUntil.Value : now) + machine.Options.EpisodeDeadline;
    }

    /// <summary>
    /// Past its deadline an episode does without its extras; where more is missing a person must look, and the reason names it.
    /// </summary>
    public static EventActivityBinder<EpisodeState, EpisodeDue> EndIfTooLate(
        this EventActivityBinder<EpisodeState, EpisodeDue> binder, EpisodeStateMachine machine) =>
        binder.If(
            x => x.Saga.DeadlineAt <= machine.Clock.GetUtcNow() && x.Saga.IsAtWork(),
            late => late
                .Then(x => x.Saga.Note(machine.Clock.GetUtcNow(), "deadline_passed"))
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
        episode.RenewDeadline(machine); // what follows the tasks has not begun
    }
}
