using Podcast.Contracts;

namespace Podcast.Lanes.Data;

/// <summary>A lane's row at a moment of the database's clock.</summary>
internal sealed record Standing(LaneRow Row, DateTimeOffset Now)
{
    public LaneView View(LaneOptions options)
    {
        var state = Row.State(options.Rate, options.Recovery, Now);
        return new LaneView(
            Row.Name,
            state,
            state == LaneState.Open ? null : Row.Why,
            state == LaneState.Open ? null : Row.By,
            state switch { LaneState.Paused => Row.ChangedAt, LaneState.Slowed => Row.SlowedAt, _ => null },
            Row.OpenAt > Now ? Row.OpenAt : null,
            Row.Rate(options.Rate, options.Recovery, Now));
    }
}
