namespace Podcast.Emulators.Transistor;

/// <summary>The fields of an episode that <c>POST</c> and <c>PATCH</c> take, and what may be in them. Others are ignored.</summary>
internal static class EpisodeFields
{
    public static readonly string[] Writable =
    [
        "alternate_url", "audio_url", "author", "description", "email_notifications", "explicit", "image_url", "keywords", "number",
        "season", "summary", "title", "transcript_text", "type", "video_url", "youtube_url",
    ];

    private static readonly string[] Addresses = ["alternate_url", "audio_url", "image_url", "video_url", "youtube_url"];

    private static readonly string[] Numbers = ["number", "season"];

    /// <summary>The fields that are taken: <c>video_url</c> only for shows whose plan includes video.</summary>
    public static Dictionary<string, string?> Taken(Dictionary<string, string?> fields, Show show) => fields
        .Where(field => Writable.Contains(field.Key) && (field.Key != "video_url" || show.Settings.HasVideoPlan))
        .ToDictionary();

    /// <summary>What is wrong, a sentence each. Transistor's own rules are not documented.</summary>
    public static IEnumerable<string> Objections(Dictionary<string, string?> fields)
    {
        foreach (var name in Addresses.Where(name => fields.GetValueOrDefault(name) is { Length: > 0 } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")))
            yield return $"{Sentence(name)} is not a valid URL";
        foreach (var name in Numbers.Where(name => fields.GetValueOrDefault(name) is { Length: > 0 } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)))
            yield return $"{Sentence(name)} must be greater than 0";
        if (fields.GetValueOrDefault("type") is { Length: > 0 } type && type is not ("full" or "trailer" or "bonus"))
            yield return "Type is not included in the list";
    }

    public static int Season(Episode episode) => Number(episode.Fields, "season") ?? 1;

    public static int? Number(Dictionary<string, string?> fields, string name) =>
        int.TryParse(fields.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsTrue(string? text) => text is "true" or "1";

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
