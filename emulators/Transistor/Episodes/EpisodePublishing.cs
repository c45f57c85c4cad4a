namespace Podcast.Emulators.Transistor;

/// <summary><c>PATCH /v1/episodes/{id}/publish</c>: the only way to another state.</summary>
internal static class EpisodePublishing
{
    public static IResult Publish(string id, [AsParameters] EpisodeEndpoints.Request request, TimeProvider clock)
    {
        var fields = request.Parameters.Of("episode");
        if (fields.GetValueOrDefault("status") is not ("draft" or "scheduled" or "published"))
            return TransistorAnswer.Invalid("Status is not included in the list");
        if (request.Episodes.Settle(id) is not { } episode || !request.Caller.Sees(episode.ShowId))
            return TransistorAnswer.NotFound("Episode");

        DateTimeOffset? publishedAt = null;
        if (fields.GetValueOrDefault("published_at") is { Length: > 0 } text
            && (publishedAt = Read(text, request.Shows.Of(episode).Zone)) is null)
            return TransistorAnswer.Invalid("Published at is not a valid date");
        if (fields["status"] == "scheduled" && !(publishedAt > clock.GetUtcNow()))
            return TransistorAnswer.Invalid("Published at must be in the future");

        return request.OfEpisode(id, (_, _) => request.Episodes.Publish(id, fields["status"]!, publishedAt));
    }

    /// <summary>A time in the show's zone, unless it names an offset of its own.</summary>
    private static DateTimeOffset? Read(string text, TimeZoneInfo zone)
    {
        text = text.EndsWith(" UTC", StringComparison.Ordinal) ? text[..^4] + "Z" : text;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
            return null;
        return time.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime()
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();
    }
}
