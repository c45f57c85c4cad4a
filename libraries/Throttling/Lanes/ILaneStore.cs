using Podcast.Throttling.Calls;

namespace Podcast.Throttling.Lanes;

/// <summary>Keeps a lane's state and gives its permits: in a database for many processes, or in this process.</summary>
internal interface ILaneStore
{
    string Name { get; }

    /// <summary>The name in a sentence for display.</summary>
    string Title => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <summary>
    /// Takes up to <paramref name="count"/> permits (one if the lane is paused); null if none is available now: see
    /// <see cref="Read"/>.
    /// </summary>
    /// <param name="kind">The kind of the calls: see <see cref="Permit.Kind"/>.</param>
    /// <param name="share">The fraction of the rate at which calls are sent, if the rate is to be kept in every second.</param>
    Task<Lease?> Take(string kind, int count, double share, CancellationToken cancellationToken);

    Task<LaneStatus> Read(CancellationToken cancellationToken);

    /// <summary>Changes the row while nobody else does, and records the event that <paramref name="rule"/> returns, if any.</summary>
    Task<(LaneStatus Lane, ThrottleEvent? Event)> Change(
        Func<LaneRow, DateTimeOffset, ThrottleEvent?> rule, CancellationToken cancellationToken);
}

/// <summary>Hears that a lane was paused or opened by a response to a call of this process.</summary>
internal interface ILaneListener
{
    Task Paused(ThrottleEvent change, DateTimeOffset until);

    Task Opened(ThrottleEvent change);
}

/// <summary>A lane's row at a time of the store's clock, and the public view of it.</summary>
internal sealed record LaneStatus(LaneRow Row, DateTimeOffset Now, ThrottleStatus View)
{
    /// <summary>The time until calls may be sent; zero or negative if they may be sent now.</summary>
    public TimeSpan OpensIn => Row.OpenAt - Now;
}

/// <summary>Permits that the store has granted to this process.</summary>
/// <param name="Count">The number of permits.</param>
/// <param name="IsProbe">True if the lane is paused and this is the one call of the refused kind that probes it.</param>
/// <param name="End">Seconds from now to the end of the last permit.</param>
/// <param name="Each">Seconds per permit.</param>
internal sealed record Lease(int Count, bool IsProbe, double End, double Each)
{
    /// <summary>The time from now to the start of a permit, counted from 0; negative if it has started.</summary>
    public TimeSpan Until(int permit) => TimeSpan.FromSeconds(End - ((Count - permit) * Each));
}
