using System.Globalization;

namespace Podcast.Batch.Data;

/// <summary>Times on their way into databases and files and back.</summary>
internal static class Times
{
    /// <summary>UTC, to the second, as Laravel writes them.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What a database gave us, as UTC; null for none.</summary>
    public static DateTimeOffset? Read(object? value) => value switch
    {
        DateTime { Kind: DateTimeKind.Local } local => new DateTimeOffset(local).ToUniversalTime(),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        DateTimeOffset time => time.ToUniversalTime(),
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => null,
    };

    /// <summary>Ours: Unix milliseconds.</summary>
    public static DateTimeOffset? OfMilliseconds(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
