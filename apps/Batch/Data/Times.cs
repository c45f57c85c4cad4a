namespace Podcast.Batch.Data;

/// <summary>Converts times for databases and files.</summary>
internal static class Times
{
    /// <summary>The time in UTC, to the second, as Laravel writes it.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Converts a database value to UTC; null if it is not a time. Times without a zone are taken as UTC.</summary>
    public static DateTimeOffset? Read(object? value) => value switch
    {
        DateTime { Kind: DateTimeKind.Local } local => new DateTimeOffset(local).ToUniversalTime(),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        DateTimeOffset time => time.ToUniversalTime(),
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => null,
    };

    /// <summary>Converts Unix milliseconds, the format of the command's own tables.</summary>
    public static DateTimeOffset? OfMilliseconds(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
