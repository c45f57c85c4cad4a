namespace Podcast.Throttling.Data;

/// <summary>A record of who paused, slowed or opened a lane, when and why.</summary>
internal sealed class LaneEventRow
{
    public long Id { get; init; }

    public required string Lane { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary><c>paused</c>, <c>slowed</c>, <c>opened</c> or <c>resumed</c>.</summary>
    public required string What { get; init; }

    public required string By { get; init; }

    public string? Why { get; init; }
}
