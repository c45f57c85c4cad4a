using System.Globalization;

namespace Podcast.Ittybit.Dialects;

/// <summary>Reads members that have several names or types; a value that cannot be interpreted counts as absent.</summary>
internal static class TolerantJson
{
    // As seconds, numbers from here on would lie after the year 5000, so they are milliseconds.
    private const double FirstMilliseconds = 1e11;
    private const double LastMilliseconds = 253_402_300_799_999;

    /// <summary>The member, unless it is absent or null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var member)
        && member.ValueKind is not JsonValueKind.Null
            ? member
            : null;

    /// <summary>The first of the members that is an object.</summary>
    public static JsonElement? Object(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name) is { ValueKind: JsonValueKind.Object } member)
                return member;
        }

        return null;
    }

    /// <summary>The elements of the member, if it is an array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The first of the members that is a string, or a number converted to text (some ids are numbers).</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Member(name)?.AsText() is { } text)
                return text;
        }

        return null;
    }

    /// <inheritdoc cref="Text"/>
    public static string? AsText(this JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!.Trim(),
            JsonValueKind.Number => element.GetRawText(),
            _ => "",
        };
        return text.Length == 0 ? null : text;
    }

    /// <summary>A number, or a string that contains one.</summary>
    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>
    /// A positive amount below <paramref name="less"/>; null for 0 and -1, which some servers write for unknown.
    /// </summary>
    public static double? Amount(this JsonElement element, string name, double less = long.MaxValue) =>
        element.Number(name) is { } number && number > 0 && number < less ? number : null;

    /// <summary>The first of the members that is a time: ISO 8601, Unix seconds or Unix milliseconds.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Number(name) is { } number)
            {
                var milliseconds = Math.Abs(number) < FirstMilliseconds ? number * 1000 : number;
                return milliseconds is > 0 and <= LastMilliseconds
                    ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
                    : null;
            }

            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, Utc, out var time))
                return time;
        }

        return null;
    }

    /// <summary>An absolute address from which a file can be fetched: http, https or s3.</summary>
    public static Uri? Address(this JsonElement element, string name) => element.Member(name)?.AsAddress();

    /// <inheritdoc cref="Address"/>
    public static Uri? AsAddress(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String
        && Uri.TryCreate(element.GetString()!.Trim(), UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https" or "s3"
            ? address
            : null;
}
