using System.Globalization;

namespace Podcast.Transistor;

/// <summary>
/// The form of <c>POST /v1/episodes</c> and <c>PATCH /v1/episodes/{id}</c> (developers.transistor.fm). What is null is not sent.
/// </summary>
public sealed record EpisodeForm
{
    /// <summary>The show's id or slug; required to create.</summary>
    [AliasAs("episode[show_id]")] public string? ShowId { get; init; }

    /// <summary>A public address, which Transistor fetches, or <see cref="AudioUpload.AudioUrl"/>.</summary>
    [AliasAs("episode[audio_url]")] public string? AudioUrl { get; init; }

    [AliasAs("episode[title]")] public string? Title { get; init; }

    [AliasAs("episode[summary]")] public string? Summary { get; init; }

    /// <summary>HTML.</summary>
    [AliasAs("episode[description]")] public string? Description { get; init; }

    /// <summary>Plain text.</summary>
    [AliasAs("episode[transcript_text]")] public string? TranscriptText { get; init; }

    [AliasAs("episode[author]")] public string? Author { get; init; }

    /// <summary>Words, divided by commas.</summary>
    [AliasAs("episode[keywords]")] public string? Keywords { get; init; }

    [AliasAs("episode[image_url]")] public string? ImageUrl { get; init; }

    [AliasAs("episode[season]")] public int? Season { get; init; }

    [AliasAs("episode[number]")] public int? Number { get; init; }

    /// <summary><c>true</c> gives the next number of the season.</summary>
    [AliasAs("episode[increment_number]")] public string? IncrementNumber { get; init; }

    /// <summary><c>full</c>, <c>trailer</c> or <c>bonus</c>.</summary>
    [AliasAs("episode[type]")] public string? Type { get; init; }

    [AliasAs("episode[youtube_url]")] public string? YoutubeUrl { get; init; }

    /// <summary>A video that Transistor hosts; only for shows whose plan includes video, and no YouTube link.</summary>
    [AliasAs("episode[video_url]")] public string? VideoUrl { get; init; }
}

/// <summary>The form of <c>PATCH /v1/episodes/{id}/publish</c>.</summary>
public sealed record PublishForm
{
    /// <summary>See <see cref="EpisodeStatus"/>.</summary>
    [AliasAs("episode[status]")] public required string Status { get; init; }

    /// <summary>In the show's time zone, without an offset; null is now.</summary>
    [AliasAs("episode[published_at]")] public string? PublishedAt { get; init; }

    /// <summary>Publishes at <paramref name="time"/>, which is <c>scheduled</c> if it is in the future.</summary>
    /// <param name="zone">The show's.</param>
    public static PublishForm At(DateTimeOffset time, TimeZoneInfo zone, TimeProvider clock) => new()
    {
        Status = time > clock.GetUtcNow() ? EpisodeStatus.Scheduled : EpisodeStatus.Published,
        PublishedAt = TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
    };
}
