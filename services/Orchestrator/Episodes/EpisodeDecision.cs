namespace Podcast.Orchestrator.Episodes;

/// <summary>What follows when all tasks of an episode are settled. No other code decides this.</summary>
/// <param name="Next">The state: Completing, Processed, Held or Failed.</param>
/// <param name="Reason">Why it is held or failed, for people; null otherwise.</param>
internal readonly record struct EpisodeDecision(EpisodeStatus Next, string? Reason = null)
{
    /// <summary>Decides by the state alone, so that every case can be tested without a bus.</summary>
    public static EpisodeDecision Of(EpisodeState episode, OrchestratorOptions options) => episode.Tasks switch
    {
        { HasFailures: true, IsOnlyLost: true } tasks =>
            new(EpisodeStatus.Held, $"{tasks.Failures()} A retry has it made anew, under a new attempt."),
        { HasFailures: true } tasks => new(options.HoldWhenAttemptsAreUsedUp ? EpisodeStatus.Held : EpisodeStatus.Failed, tasks.Failures()),
        _ when episode.AwaitsTranscript || episode.AwaitsCheck => new(EpisodeStatus.Completing),
        { HasObjections: true } tasks => new(EpisodeStatus.Held, tasks.Objections()),
        _ => new(EpisodeStatus.Processed),
    };
}
