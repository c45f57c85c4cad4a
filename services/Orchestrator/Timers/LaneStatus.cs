namespace Podcast.Orchestrator.Timers;

/// <summary>The newest known state of a provider's lane, shared by all instances.</summary>
internal sealed class LaneStatus
{
    public required string Name { get; init; }

    public LaneState State { get; init; }

    /// <summary>
    /// When the lane changed, by the clock of its database. Orders the messages, which may arrive in any order.
    /// </summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the message was consumed.</summary>
    public DateTimeOffset HeardAt { get; init; }
}
