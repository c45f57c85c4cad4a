using Podcast.Contracts;

namespace Podcast.Orchestrator.Timers;

/// <summary>The newest that was heard of a provider's lane, by any instance; all of them read it.</summary>
internal sealed class LaneStatus
{
    public required string Name { get; init; }

    public LaneState State { get; init; }

    /// <summary>When the lane changed, by the clock of the lane's database. Orders the news: they may come in any order.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When we heard of it.</summary>
    public DateTimeOffset HeardAt { get; init; }
}
