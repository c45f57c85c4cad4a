namespace Podcast.Orchestrator.Episodes;

/// <summary>What the saga says of an episode.</summary>
internal static class EpisodeMessages
{
    /// <summary>The command for the next round of the check.</summary>
    public static CheckOutputs CheckOutputs(this EpisodeState episode, int round) => new(
        episode.CorrelationId, round, episode.Source, Outputs(episode.Tasks.Made), episode.Check.Since,
        [.. episode.Tasks.Entries.Where(task => !task.Required).Select(task => task.Kind)],
        episode.MediaId is null ? new MediaDescription(episode.Title, episode.Description) : null);

    /// <summary>An optional output that was rejected is left out, like one that was not made.</summary>
    public static EpisodeProcessed Processed(this EpisodeState episode) => new(
        episode.CorrelationId, episode.OwnerId, episode.Title, episode.Description,
        Outputs(episode.Tasks.Made.Where(task => task.Objection is null)), episode.ProcessingCompletedAt!.Value,
        episode.Show, episode.Details);

    public static EpisodeFailed Failed(this EpisodeState episode, DateTimeOffset now) =>
        new(episode.CorrelationId, episode.OwnerId, episode.Reason!, now);

    /// <summary>The state with the <see cref="EpisodeState.RecentChanges"/>.</summary>
    public static EpisodeChanged Snapshot(this EpisodeState episode) => new(
        episode.CorrelationId, episode.Version, episode.OwnerId, episode.Title, episode.Description, episode.Source, episode.Priority,
        Enum.Parse<EpisodeStatus>(episode.CurrentState), episode.Reason, episode.MediaId,
        [.. episode.Tasks.Entries.Select(entry => entry.Snapshot())],
        episode.CreatedAt, episode.ProcessingStartedAt, episode.ProcessingCompletedAt, episode.DueAt,
        episode.IsAtWork ? episode.DeadlineAt : null, episode.RecentChanges[^1],
        episode.RecentChanges.Count > 1 ? episode.RecentChanges[..^1] : null, episode.Show, episode.Details);

    private static List<EpisodeOutput> Outputs(IEnumerable<TaskEntry> tasks) =>
        [.. tasks.Select(task => new EpisodeOutput(task.Kind, task.Output!))];
}
