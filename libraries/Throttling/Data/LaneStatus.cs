namespace Podcast.Throttling.Data;

/// <summary>A lane's row at a time of the database's clock, and the public view of it.</summary>
internal sealed record LaneStatus(LaneRow Row, DateTimeOffset Now, ThrottleStatus View)
{
    /// <summary>The time until calls may be sent; zero or negative if they may be sent now.</summary>
    public TimeSpan OpensIn => Row.OpenAt - Now;

    public static LaneStatus Of(LaneRow row, DateTimeOffset now, ThrottleOptions options)
    {
        var state = row.State(options.Rate, options.Recovery, now);
        return new LaneStatus(row, now, new ThrottleStatus(
            row.Name,
            state,
            state == LaneState.Open ? null : row.Why,
            state == LaneState.Open ? null : row.By,
            state switch { LaneState.Paused => row.ChangedAt, LaneState.Slowed => row.SlowedAt, _ => null },
            row.OpenAt > now ? row.OpenAt : null,
            row.Rate(options.Rate, options.Recovery, now)));
    }
}
