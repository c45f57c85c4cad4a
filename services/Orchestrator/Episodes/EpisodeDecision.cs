namespace Podcast.Orchestrator.Episodes;

/// <summary>What follows when all tasks of an episode are settled.</summary>
/// <param name="Reason">For people; only of <see cref="NextStep.Hold"/> and <see cref="NextStep.Fail"/>.</param>
internal readonly record struct EpisodeDecision(NextStep Step, string? Reason = null)
{
    /// <summary>Decides by the state alone, so that every case can be tested without a bus.</summary>
    public static EpisodeDecision Of(EpisodeState episode, OrchestratorOptions options) => episode.Tasks switch
    {
        { HasFailures: true, IsOnlyLost: true } tasks => new(NextStep.Hold, tasks.Losses()),
        { HasFailures: true } tasks => new(options.HoldWhenAttemptsAreUsedUp ? NextStep.Hold : NextStep.Fail, tasks.Failures()),
        _ when episode.AwaitsTranscript() || episode.AwaitsCheck() => new(NextStep.FollowUp),
        { HasObjections: true } tasks => new(NextStep.Hold, tasks.Objections()),
        _ => new(NextStep.Complete),
    };
}

/// <summary>The ways on from settled tasks.</summary>
internal enum NextStep
{
    /// <summary>The transcript is collected and the outputs are checked.</summary>
    FollowUp,

    /// <summary>The episode is processed.</summary>
    Complete,

    /// <summary>A user decides.</summary>
    Hold,

    /// <summary>A required task failed and its attempts are used up.</summary>
    Fail,
}
