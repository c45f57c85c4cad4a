namespace Podcast.Throttling.Calls;

/// <summary>Arithmetic with a clock's timestamps.</summary>
internal static class Timestamps
{
    public static long Ticks(this TimeProvider clock, TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>The time from now to <paramref name="timestamp"/>; negative if it has passed.</summary>
    public static TimeSpan Until(this TimeProvider clock, long timestamp) => clock.GetElapsedTime(clock.GetTimestamp(), timestamp);
}
