namespace Podcast.Throttling.Data;

/// <summary>
/// The state of a provider that all processes share. Permits are taken by one statement in <see cref="LaneSql"/>; this class has
/// the rules for rarer changes, which run under the row's lock and use the database's clock.
/// </summary>
internal sealed class LaneRow
{
    private const double LeastShare = 0.05;

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
    /// Seconds from the last refusal or probe to the next probe. Kept after a successful probe: see <see cref="Pause"/>.
    /// </summary>
    public double ProbeGap { get; set; }

    /// <summary>Calls per second right after the last 429; the rate then grows back to the configured one.</summary>
    public double? SlowedTo { get; set; }

    public DateTimeOffset? SlowedAt { get; set; }

    /// <summary>Why the lane was paused or slowed, for display.</summary>
    public string? Why { get; set; }

    /// <summary>Who paused, slowed or opened it last.</summary>
    public string? By { get; set; }

    /// <summary>When the lane was last paused or opened. Responses to calls that were sent earlier do not change it.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>
    /// When the lane was opened, until this is published on the bus; null afterwards. Episodes that wait for the lane need the
    /// message.
    /// </summary>
    public DateTimeOffset? UnpublishedSince { get; set; }

    /// <summary>The current rate in calls per second; 0 means no limit.</summary>
    public double Rate(double full, TimeSpan recovery, DateTimeOffset now) =>
        SlowedTo is { } slowed && SlowedAt is { } at && full > 0
            ? Math.Min(full, slowed + (full * ((now - at) / recovery)))
            : full;

    public LaneState State(double full, TimeSpan recovery, DateTimeOffset now) =>
        IsPaused ? LaneState.Paused
        : OpenAt > now || Rate(full, recovery, now) < full ? LaneState.Slowed
        : LaneState.Open;

    /// <summary>
    /// Handles a 429: no calls for <paramref name="wait"/>. Returns false if the lane is paused, or the call was sent before the
    /// last reduction of the rate.
    /// </summary>
    public bool Slow(DateTimeOffset sentAt, DateTimeOffset now, TimeSpan wait, string by, string why, ThrottleOptions options)
    {
        if (OpenAt < now + wait)
            OpenAt = now + wait;
        if (IsPaused || sentAt < SlowedAt)
            return false;

        SlowedTo = Math.Max(options.Rate * LeastShare, Rate(options.Rate, options.Recovery, now) / 2);
        SlowedAt = now;
        (By, Why) = (by, why);
        return true;
    }

    /// <summary>
    /// Handles a 401, 402 or 403. If a probe opened the lane less than one gap ago, the gap is kept and not reset: if the
    /// provider accepts some calls and refuses others, probes still become rarer.
    /// </summary>
    /// <returns>False if the lane was paused already, or if the call was sent before the last change.</returns>
    public bool Pause(DateTimeOffset sentAt, DateTimeOffset now, string kind, string by, string why, ThrottleOptions options)
    {
        if (sentAt < ChangedAt)
            return false;
        if (IsPaused)
        {
            Why = why;
            if (OpenAt <= now)
                PostponeProbe(now, Math.Min(2 * ProbeGap, options.LongestProbe.TotalSeconds)); // a call of another kind was refused
            return false;
        }

        var isRelapse = now - ChangedAt < TimeSpan.FromSeconds(ProbeGap);
        PostponeProbe(now, isRelapse ? ProbeGap : options.FirstProbe.TotalSeconds);
        UnpublishedSince = null;
        (IsPaused, RefusedKind, ChangedAt, By, Why) = (true, kind, now, by, why);
        return true;
    }

    /// <summary>Opens the lane, because the provider accepted a probe. Returns false if it was not paused.</summary>
    public bool Open(DateTimeOffset now, string by)
    {
        if (!IsPaused)
            return false;

        IsPaused = false;
        (OpenAt, ChangedAt, UnpublishedSince, By, Why) = (now, now, now, by, null);
        return true;
    }

    /// <summary>Opens the lane at full rate for an operator. Returns false if it was open.</summary>
    public bool Resume(DateTimeOffset now, string by, ThrottleOptions options)
    {
        if (State(options.Rate, options.Recovery, now) == LaneState.Open)
            return false;

        IsPaused = false;
        ProbeGap = 0;
        SlowedTo = null;
        SlowedAt = null;
        (OpenAt, ChangedAt, UnpublishedSince, By, Why) = (now, now, now, by, null);
        return true;
    }

    /// <summary>Creates the record of a change.</summary>
    public LaneEventRow Event(DateTimeOffset at, string what, string by, string? why) =>
        new() { Lane = Name, At = at, What = what, By = by, Why = why };

    private void PostponeProbe(DateTimeOffset now, double gap)
    {
        var next = now + TimeSpan.FromSeconds(gap);
        OpenAt = next > OpenAt ? next : OpenAt;
        ProbeGap = gap;
    }
}
