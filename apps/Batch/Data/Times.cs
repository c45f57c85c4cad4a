using System.Data;

namespace Podcast.Batch.Data;

/// <summary>Converts times for the user's table and for files.</summary>
internal static class Times
{
    /// <summary>The time in UTC, to the second, as Laravel writes it.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Converts a database value to UTC; null if it is not a time. Times without a zone are taken as UTC.</summary>
    public static DateTimeOffset? Read(object? value) => value switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => null,
    };
}

/// <summary>Lets Dapper read and write the times of the command's own tables, which are Unix milliseconds.</summary>
internal sealed class UnixMilliseconds : SqlMapper.TypeHandler<DateTimeOffset>
{
    public override DateTimeOffset Parse(object value) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
        (parameter.DbType, parameter.Value) = (DbType.Int64, value.ToUnixTimeMilliseconds());
}
