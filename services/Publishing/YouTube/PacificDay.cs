namespace Podcast.Publishing.YouTube;

/// <summary>Google's quotas are those of a day of Pacific time.</summary>
internal static class PacificDay
{
    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    public static DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Pacific).DateTime);

    /// <summary>The first moment of the day that many days later.</summary>
    public static DateTimeOffset Next(DateTimeOffset time, int days = 1)
    {
        var midnight = Of(time).AddDays(days).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Pacific.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
