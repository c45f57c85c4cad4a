namespace Podcast.Emulators.Transistor;

/// <summary>
/// Writes episodes with all attributes that Transistor documents. The duration is that of a constant bitrate of 128 kbit/s, because
/// the audio is not kept.
/// </summary>
internal sealed class EpisodeWriter(ShowBook shows, TimeProvider clock)
{
    private const int BytesPerSecond = 16_000;

    public JsonApi.Resource Write(Episode episode, string baseUrl)
    {
        var now = clock.GetUtcNow();
        var (audio, slug) = (episode.Audio, Slug(episode.Id));
        var isHeard = !episode.IsSilent(now);
        var duration = isHeard ? (int?)Math.Max(1, audio!.Length!.Value / BytesPerSecond) : null;
        var shareUrl = $"{baseUrl}/s/{slug}";
        var transcript = episode.Fields.GetValueOrDefault("transcript_text") is { Length: > 0 } ? $"{shareUrl}/transcript.txt" : null;
        var attributes = new JsonObject();
        foreach (var name in EpisodeFields.Writable.Except(["audio_url", "transcript_text"]))
            attributes[name] = episode.Fields.GetValueOrDefault(name);

        attributes["number"] = EpisodeFields.Number(episode.Fields, "number");
        attributes["season"] = EpisodeFields.Season(episode);
        attributes["type"] ??= "full";
        attributes["explicit"] = EpisodeFields.IsTrue(episode.Fields.GetValueOrDefault("explicit"));
        attributes["email_notifications"] = EpisodeFields.IsTrue(episode.Fields.GetValueOrDefault("email_notifications"));
        attributes["status"] = episode.Status;
        attributes["published_at"] = JsonApi.Time(episode.PublishedAt);
        attributes["formatted_published_at"] = episode.PublishedAt is { } published
            ? TimeZoneInfo.ConvertTime(published, shows.Of(episode).Zone).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture) : null;
        attributes["duration"] = duration;
        attributes["duration_in_mmss"] = duration is { } seconds ? $"{seconds / 60:00}:{seconds % 60:00}" : null;
        attributes["media_url"] = isHeard ? $"{baseUrl}/media/{slug}.mp3" : null;
        attributes["audio_processing"] = audio?.IsProcessing(now) == true;
        attributes["video_processing"] = now < episode.VideoReadyAt;
        attributes["processing_failure"] = audio?.FailureAt(now);
        attributes["hls_manifest_url"] = episode.VideoReadyAt <= now ? $"{baseUrl}/media/{slug}.m3u8" : null;
        attributes["transcript_url"] = transcript;
        attributes["transcripts"] = transcript is null ? [] : new JsonArray(transcript);
        attributes["formatted_summary"] = episode.Fields.GetValueOrDefault("summary");
        attributes["formatted_description"] = episode.Fields.GetValueOrDefault("description");
        attributes["slug"] = slug;
        attributes["share_url"] = shareUrl;
        attributes["embed_html"] = $"<iframe src=\"{baseUrl}/e/{slug}\"></iframe>";
        attributes["embed_html_dark"] = $"<iframe src=\"{baseUrl}/e/{slug}/dark\"></iframe>";
        attributes["created_at"] = JsonApi.Time(episode.CreatedAt);
        attributes["updated_at"] = JsonApi.Time(episode.UpdatedAt);
        return new JsonApi.Resource("episode", episode.Id, attributes, shows.Of(episode).Write(baseUrl));
    }

    /// <summary>The part of an episode's public addresses that names it.</summary>
    public static string Slug(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..8];
}
