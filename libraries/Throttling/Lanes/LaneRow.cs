namespace Podcast.Throttling.Lanes;

/// <summary>
/// The state of a provider that all its callers share. An <see cref="ILaneStore"/> keeps it and gives permits; this class has the
/// rules for rarer changes, which run under the row's lock and use the store's clock. A rule returns the record of its change;
/// null if nothing was paused, slowed or opened.
/// </summary>
internal sealed class LaneRow
{
    public const int LongestName = 50;
    public const double LeastShare = 0.05;

    private const double RegainedByCall = 0.05;

    public required string Name { get; init; }

    /// <summary>The time of the next free permit.</summary>
    public DateTimeOffset FreeAt { get; set; }

    /// <summary>No calls are sent before this time.</summary>
    public DateTimeOffset OpenAt { get; set; }

    /// <summary>
    /// True if the provider refused a call. From <see cref="OpenAt"/> on, one call of <see cref="RefusedKind"/> may be sent as a
    /// probe, and calls of other kinds may be sent.
    /// </summary>
    public bool IsPaused { get; set; }

    /// <summary>The kind of call whose refusal caused the last pause. Only a call of this kind can end the pause.</summary>
    public string? RefusedKind { get; set; }

    /// <summary>
    /// <see cref="ThrottleOptions.Rate"/> of those who call, for those who only show the lane; null before the first call.
    /// </summary>
    public double? FullRate { get; set; }

    /// <summary>Seconds from the last refusal or probe to the next probe; <see cref="Pause"/> needs the last one.</summary>
    public double ProbeGap { get; set; }

    /// <summary>Calls per second right after the last 429; the rate then grows back to the configured one.</summary>
    public double? SlowedTo { get; set; }

    public DateTimeOffset? SlowedAt { get; set; }

    /// <summary>Why the lane was paused or slowed, for display; <see cref="By"/>: who paused, slowed or opened it last.</summary>
    public string? Why { get; set; }

    public string? By { get; set; }

    /// <summary>When the lane was last paused or opened. Responses to calls that were sent earlier do not change it.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When the lane was opened, until this is published, for which episodes wait; null afterwards.</summary>
    public DateTimeOffset? UnpublishedSince { get; set; }

    public ThrottleStatus View(DateTimeOffset now, ThrottleOptions options)
    {
        var rate = Rate(now, options);
        var until = OpenAt > now ? OpenAt : (DateTimeOffset?)null;
        return IsPaused ? new(Name, LaneState.Paused, Why, By, ChangedAt, until, rate)
            : until is not null || rate < options.Rate ? new(Name, LaneState.Slowed, Why, By, SlowedAt, until, rate)
            : new(Name, LaneState.Open, null, null, null, null, rate);
    }

    /// <summary>
    /// Handles a 429: no calls for <paramref name="wait"/>. Null if the lane is paused, or the call was sent before the last
    /// reduction of the rate.
    /// </summary>
    public ThrottleEvent? Slow(DateTimeOffset sentAt, DateTimeOffset now, TimeSpan wait, string why, ThrottleOptions options)
    {
        OpenAt = Later(OpenAt, now + wait);
        if (IsPaused || sentAt < SlowedAt)
            return null;

        SlowedTo = Math.Max(options.Rate * LeastShare, Rate(now, options) / 2);
        SlowedAt = now;
        return Changed(now, "slowed", why);
    }

    /// <summary>
    /// Handles a 401, 402 or 403; null if the lane was paused already, or if the call was sent before the last change. If a probe
    /// opened the lane less than one gap ago, the gap is kept and not reset: if the provider accepts some calls and refuses
    /// others, probes still become rarer.
    /// </summary>
    public ThrottleEvent? Pause(DateTimeOffset sentAt, DateTimeOffset now, string kind, string why, ThrottleOptions options)
    {
        if (sentAt < ChangedAt)
            return null;
        if (IsPaused)
        {
            Why = why;
            if (OpenAt <= now)
                PostponeProbe(now, Math.Min(2 * ProbeGap, options.LongestProbe.TotalSeconds)); // a call of another kind was refused
            return null;
        }

        var isRelapse = now - ChangedAt < TimeSpan.FromSeconds(ProbeGap);
        PostponeProbe(now, isRelapse ? ProbeGap : options.FirstProbe.TotalSeconds);
        (IsPaused, RefusedKind, ChangedAt, UnpublishedSince) = (true, kind, now, null);
        return Changed(now, "paused", why);
    }

    /// <summary>Raises a slowed rate after a successful call, for <see cref="ThrottleOptions.IsOfOneRun"/>.</summary>
    public ThrottleEvent? Recover(ThrottleOptions options)
    {
        SlowedTo += options.Rate * RegainedByCall;
        return null;
    }

    /// <summary>Opens the lane, because the provider accepted a probe; null if it was not paused.</summary>
    public ThrottleEvent? Open(DateTimeOffset now) => IsPaused ? Opened(now, "opened", Name, "It takes calls again.") : null;

    /// <summary>Opens the lane at full rate for an operator, and ends a wait that is too long for calls; null if it was open.</summary>
    public ThrottleEvent? Resume(DateTimeOffset now, string by, string? why, ThrottleOptions options)
    {
        if (FreeAt - now > options.LongestWait)
            FreeAt = now;
        if (View(now, options).State == LaneState.Open)
            return null;

        (ProbeGap, SlowedTo, SlowedAt) = (0, null, null);
        return Opened(now, "resumed", by, why);
    }

    private ThrottleEvent Opened(DateTimeOffset now, string what, string by, string? why)
    {
        (IsPaused, OpenAt, ChangedAt, UnpublishedSince, By, Why) = (false, now, now, now, by, null);
        return new(now, what, by, why);
    }

    private ThrottleEvent Changed(DateTimeOffset now, string what, string why)
    {
        (By, Why) = (Name, why);
        return new(now, what, Name, why);
    }

    private void PostponeProbe(DateTimeOffset now, double gap)
    {
        OpenAt = Later(OpenAt, now + TimeSpan.FromSeconds(gap));
        ProbeGap = gap;
    }

    /// <summary>The current rate, in calls per second. A clock that was set back does not lower it.</summary>
    public double Rate(DateTimeOffset now, ThrottleOptions options) => SlowedTo is { } slowed && SlowedAt is { } at && options.Rate > 0
        ? Math.Min(options.Rate, slowed + (options.Rate * ((Later(now, at) - at) / options.Recovery)))
        : options.Rate;

    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
