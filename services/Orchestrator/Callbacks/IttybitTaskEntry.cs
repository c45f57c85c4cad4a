namespace Podcast.Orchestrator.Callbacks;

/// <summary>
/// Maps an Ittybit task to the task of an episode. Before that is known, it holds the reports about the Ittybit task. Both are in
/// one row, so that its lock orders a report and the <see cref="TaskStarted"/> it waits for.
/// </summary>
internal sealed class IttybitTaskEntry
{
    public required string IttybitTaskId { get; init; }

    public Guid? EpisodeId { get; set; }

    public TaskKind? Task { get; set; }

    public int Attempt { get; set; }

    /// <summary>Reports that arrived before the task was known, in order.</summary>
    public List<TaskReported> Parked { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }
}
