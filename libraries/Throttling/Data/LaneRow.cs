using Podcast.Contracts;

namespace Podcast.Throttling.Data;

/// <summary>
/// What all processes know of a provider. Turns are taken by <see cref="LaneSql"/>, in one statement; these are the rules for everything
/// rarer, under the row's lock and by the database's clock.
/// </summary>
internal sealed class LaneRow
{
    private const double LeastShare = 0.05;

    public required string Name { get; init; }

    /// <summary>The first turn that nobody has.</summary>
    public DateTimeOffset FreeAt { get; set; }

    /// <summary>Nobody calls before.</summary>
    public DateTimeOffset OpenAt { get; set; }

    /// <summary>True: from <see cref="OpenAt"/> on one call of <see cref="RefusedKind"/> may try, and calls of other kinds may go.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The kind of call whose refusal paused it last. Only a call of this kind shows that the pause is over.</summary>
    public string? RefusedKind { get; set; }

    /// <summary>Seconds from the last refusal or try to the next try. Kept when a try passes: see <see cref="Pause"/>.</summary>
    public double ProbeGap { get; set; }

    /// <summary>Calls per second right after the last 429; grows back to what is set.</summary>
    public double? SlowedTo { get; set; }

    public DateTimeOffset? SlowedAt { get; set; }

    /// <summary>Why it was paused or slowed, for people.</summary>
    public string? Why { get; set; }

    /// <summary>Who paused, slowed or opened it last.</summary>
    public string? By { get; set; }

    /// <summary>When it was last paused or opened: what was sent before tells nothing about after.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When it was opened, as long as the bus has not heard of it; who waits for the lane must.</summary>
    public DateTimeOffset? UntoldSince { get; set; }

    /// <summary>Calls per second now; 0 is without limit.</summary>
    public double Rate(double full, TimeSpan recovery, DateTimeOffset now) =>
        SlowedTo is { } slowed && SlowedAt is { } at && full > 0
            ? Math.Min(full, slowed + (full * ((now - at) / recovery)))
            : full;

    public LaneState State(double full, TimeSpan recovery, DateTimeOffset now) =>
        IsPaused ? LaneState.Paused
        : OpenAt > now || Rate(full, recovery, now) < full ? LaneState.Slowed
        : LaneState.Open;

    /// <summary>A 429: nobody calls for <paramref name="wait"/>. False when this was one more answer to the same rush.</summary>
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
    /// A 401, 402 or 403. If a try opened the lane less than a gap ago, gaps go on from there: where some calls pass and others are
    /// refused, tries become rarer all the same.
    /// </summary>
    /// <returns>False when it was paused already, or when the call is older than the last change.</returns>
    public bool Pause(DateTimeOffset sentAt, DateTimeOffset now, string kind, string by, string why, ThrottleOptions options)
    {
        if (sentAt < ChangedAt)
            return false;
        if (IsPaused)
        {
            Why = why;
            if (OpenAt <= now)
                PutOff(now, Math.Min(2 * ProbeGap, options.LongestProbe.TotalSeconds)); // a call of another kind was let go
            return false;
        }

        var isRelapse = now - ChangedAt < TimeSpan.FromSeconds(ProbeGap);
        PutOff(now, isRelapse ? ProbeGap : options.FirstProbe.TotalSeconds);
        UntoldSince = null;
        (IsPaused, RefusedKind, ChangedAt, By, Why) = (true, kind, now, by, why);
        return true;
    }

    /// <summary>The provider took a call again, after all. False when it was not paused.</summary>
    public bool Open(DateTimeOffset now, string by)
    {
        if (!IsPaused)
            return false;

        IsPaused = false;
        (OpenAt, ChangedAt, UntoldSince, By, Why) = (now, now, now, by, null);
        return true;
    }

    /// <summary>A person knows better than the waits. False when there were none.</summary>
    public bool Resume(DateTimeOffset now, string by, ThrottleOptions options)
    {
        if (State(options.Rate, options.Recovery, now) == LaneState.Open)
            return false;

        IsPaused = false;
        ProbeGap = 0;
        SlowedTo = null;
        SlowedAt = null;
        (OpenAt, ChangedAt, UntoldSince, By, Why) = (now, now, now, by, null);
        return true;
    }

    /// <summary>What is recorded of it.</summary>
    public LaneEventRow Event(DateTimeOffset at, string what, string by, string? why) =>
        new() { Lane = Name, At = at, What = what, By = by, Why = why };

    private void PutOff(DateTimeOffset now, double gap)
    {
        var next = now + TimeSpan.FromSeconds(gap);
        OpenAt = next > OpenAt ? next : OpenAt;
        ProbeGap = gap;
    }
}
