namespace Podcast.Emulators.YouTube.Videos;

/// <summary>Checks the parts of a video resource that clients may write, by the limits of Google's documentation.</summary>
internal static class VideoMetadata
{
    private const int TitleCharacters = 100;
    private const int DescriptionBytes = 5000;
    private const int TagCharacters = 500;

    private static readonly string[] WritableStatus =
    [
        "privacyStatus", "publishAt", "selfDeclaredMadeForKids", "containsSyntheticMedia", "license", "embeddable", "publicStatsViewable",
    ];

    /// <summary>The first rule that the snippet breaks; null if it breaks none.</summary>
    public static GoogleError? Check(JsonObject snippet)
    {
        var (title, description) = (Text(snippet, "title"), Text(snippet, "description") ?? "");
        if (string.IsNullOrWhiteSpace(title) || title.EnumerateRunes().Count() > TitleCharacters || HasAngles(title))
            return GoogleError.Video("invalidTitle", "The request metadata specifies an invalid or empty video title.");
        if (Encoding.UTF8.GetByteCount(description) > DescriptionBytes || HasAngles(description))
            return GoogleError.Video("invalidDescription", "The request metadata specifies an invalid video description.");
        if (!AreTagsValid(snippet["tags"]))
            return GoogleError.Video("invalidTags", "The request metadata specifies invalid video keywords.");
        return Text(snippet, "categoryId") is { } category && !(int.TryParse(category, out var number) && number is > 0 and < 45)
            ? GoogleError.Video("invalidCategoryId", "The categoryId property specifies an invalid category ID.")
            : null;
    }

    /// <summary>The first rule that the status breaks; null if it breaks none.</summary>
    /// <param name="privacy">The present privacy of the video; null for a new one.</param>
    public static GoogleError? CheckStatus(JsonObject status, string? privacy = null)
    {
        var next = Text(status, "privacyStatus") ?? privacy ?? "public";
        if (next is not ("public" or "unlisted" or "private"))
            return GoogleError.Video("forbiddenPrivacySetting", "The request specifies an invalid privacy setting.", 403);
        if (Text(status, "license") is not (null or "youtube" or "creativeCommon"))
            return GoogleError.Video("forbiddenLicenseSetting", "The request specifies an invalid license.", 403);
        if (status["publishAt"] is not { } at)
            return null;
        var isTime = DateTimeOffset.TryParse(at.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return isTime && next == "private" && privacy is null or "private"
            ? null
            : GoogleError.Video("invalidPublishAt", "The request metadata specifies an invalid scheduled publishing time.");
    }

    /// <summary>The properties that a client may write.</summary>
    public static JsonObject Writable(JsonObject status) =>
        new(status.Where(one => WritableStatus.Contains(one.Key)).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));

    public static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool HasAngles(string text) => text.AsSpan().IndexOfAny('<', '>') >= 0;

    /// <summary>Commas between tags count, and the quotation marks around a tag with a space.</summary>
    private static bool AreTagsValid(JsonNode? tags)
    {
        if (tags is null)
            return true;
        var texts = (tags as JsonArray)?.Select(tag => (tag as JsonValue)?.TryGetValue(out string? text) == true ? text : null).ToList();
        return texts is not null && !texts.Exists(text => text is null || HasAngles(text))
            && texts.Sum(text => text!.Length + (text.Contains(' ') ? 2 : 0)) + Math.Max(0, texts.Count - 1) <= TagCharacters;
    }
}
