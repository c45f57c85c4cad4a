namespace Podcast.Throttling.Calls;

/// <summary>Arithmetic with timestamps of a clock.</summary>
internal static class Timestamps
{
    public static long Ticks(this TimeProvider clock, TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>From now to <paramref name="timestamp"/>; negative when it is past.</summary>
    public static TimeSpan Until(this TimeProvider clock, long timestamp) => clock.GetElapsedTime(clock.GetTimestamp(), timestamp);
}
