using System.Globalization;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>See <see cref="EpisodeDetails"/>.</summary>
/// <param name="PublishAt">A time with an offset, or else in the time zone of the show: <c>2026-12-01T09:00</c>.</param>
internal sealed record DetailsOfEpisode(
    [property: Range(1, EpisodeDetails.HighestNumber)] int? Season = null,
    [property: Range(1, EpisodeDetails.HighestNumber)] int? Number = null,
    [property: MaxLength(EpisodeDetails.LongestSummary), PlainText] string? Summary = null,
    [property: TimeText] string? PublishAt = null,
    [property: MaxLength(2048), SourceAddress, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Image = null)
{
    public EpisodeDetails In(TimeZoneInfo zone) =>
        new(Season, Number, Summary, PublishAt is null ? null : TimeText.Parse(PublishAt, zone), Image is null ? null : new Uri(Image));
}

/// <summary>A time as people write it, with or without an offset.</summary>
internal static class TimeText
{
    private const DateTimeStyles Strict = DateTimeStyles.None;
    private static readonly string[] local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] exact = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <returns>The moment in UTC; null if <paramref name="text"/> is no time.</returns>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, local, CultureInfo.InvariantCulture, Strict, out var there))
            return there.Year is 1 or 9999 ? null : new DateTimeOffset(there, zone.GetUtcOffset(there)).ToUniversalTime();
        return DateTimeOffset.TryParseExact(text, exact, CultureInfo.InvariantCulture, Strict, out var anywhere)
            ? anywhere.ToUniversalTime()
            : null;
    }
}

internal sealed class TimeTextAttribute() : ValidationAttribute("must be a time such as 2026-12-01T09:00 or 2026-12-01T09:00:00Z.")
{
    public override bool IsValid(object? value) => value is not string text || TimeText.Parse(text, TimeZoneInfo.Utc) is not null;
}
