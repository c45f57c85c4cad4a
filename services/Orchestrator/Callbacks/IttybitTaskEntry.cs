using Podcast.Contracts;

namespace Podcast.Orchestrator.Callbacks;

/// <summary>Whose an Ittybit task is, or, while nobody knows, what was reported of it. One row holds both, so that they cannot miss each other.</summary>
internal sealed class IttybitTaskEntry
{
    public required string IttybitTaskId { get; init; }

    public Guid? EpisodeId { get; set; }

    public TaskKind? Task { get; set; }

    public int Attempt { get; set; }

    /// <summary>Reports that came before the task was known, in order.</summary>
    public List<TaskReported> Parked { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }
}
