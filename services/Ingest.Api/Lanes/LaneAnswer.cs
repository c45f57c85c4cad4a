namespace Podcast.Ingest.Api.Lanes;

/// <summary>All providers.</summary>
internal sealed record LanesAnswer(IReadOnlyList<LaneAnswer> Lanes);

/// <summary>A provider in JSON. Times are UTC.</summary>
/// <param name="State"><c>open</c>, <c>slowed</c> or <c>paused</c>.</param>
/// <param name="Reason">Why it is slowed or paused.</param>
/// <param name="By">The name of the provider whose response caused the state, or a user's <c>sub</c>.</param>
/// <param name="Until">When the next call is tried.</param>
/// <param name="Rate">Calls per second, over all processes; 0 means unlimited.</param>
/// <param name="Events">State changes, newest first; null in lists.</param>
internal sealed record LaneAnswer(
    string Name, string State, string? Reason, string? By, DateTime? Since, DateTime? Until, double Rate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LaneEventLine>? Events)
{
    public static LaneAnswer Of(ThrottleStatus lane, IReadOnlyList<ThrottleEvent>? events = null) => new(
        lane.Name,
        Contracts.WireNames<Contracts.LaneState>.Of(lane.State),
        lane.Why,
        lane.By,
        lane.Since?.UtcDateTime,
        lane.Until?.UtcDateTime,
        Math.Round(lane.Rate, 1),
        events is null ? null : [.. events.Select(e => new LaneEventLine(e.At.UtcDateTime, e.What, e.By, e.Why))]);
}

/// <summary>A state change of a provider's lane.</summary>
/// <param name="What"><c>paused</c>, <c>slowed</c>, <c>opened</c> (a call succeeded) or <c>resumed</c> (by an operator).</param>
internal sealed record LaneEventLine(DateTime At, string What, string By, string? Why);
