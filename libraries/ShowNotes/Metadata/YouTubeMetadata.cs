namespace Podcast.ShowNotes;

/// <summary>The <c>snippet</c> of a video, checked against YouTube's limits before it is sent (YouTube Data API v3, videos).</summary>
/// <param name="Tags">Not sent as an empty list.</param>
/// <param name="Notes">What was changed, for people.</param>
/// <param name="Violations">If there are any, YouTube would refuse the upload.</param>
public sealed record YouTubeMetadata(
    string Title, string Description, IReadOnlyList<string> Tags, IReadOnlyList<string> Notes, IReadOnlyList<MetadataViolation> Violations)
{
    /// <summary>In characters; we count UTF-16 code units.</summary>
    public const int LongestTitle = 100;

    /// <summary>In bytes of UTF-8.</summary>
    public const int LongestDescription = 5000;

    /// <summary>In characters, by the rule of <see cref="TagCharacters"/>.</summary>
    public const int LongestTags = 500;

    /// <exception cref="FormatException">A pattern of the show is invalid; see <see cref="TextPattern"/>.</exception>
    public static YouTubeMetadata Compile(ShowTexts show, EpisodeFacts episode)
    {
        var values = new PatternValues(show, episode, ChapterFormats.YouTube(episode.Chapters));
        var notes = new List<string>();
        var violations = new List<MetadataViolation>();
        var title = values.Title("youtube.title", show.YouTubeTitle, violations);
        var description = values.Description("youtube.description", show.YouTubeDescription, LongestDescription, text => text, notes);
        string[] tags = [.. show.YouTubeTags.Select(values.Tag).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        violations.AddRange(
        [
            .. FieldRules.NotEmpty("youtube.title", title),
            .. FieldRules.Characters("youtube.title", title, LongestTitle),
            .. FieldRules.NoAngles("youtube.title", title),
            .. FieldRules.Bytes("youtube.description", description, LongestDescription),
            .. FieldRules.NoAngles("youtube.description", description),
            .. FieldRules.NoAngles("youtube.tags", string.Join(',', tags)),
        ]);
        if (TagCharacters(tags) is var characters && characters > LongestTags)
        {
            violations.Add(new(
                "youtube.tags",
                $"{LongestTags} characters",
                $"youtube.tags has {characters} characters, with commas, and quotes around tags with spaces; " +
                $"at most {LongestTags} are allowed."));
        }

        return new(title, description, tags, notes, violations);
    }

    /// <summary>The length of tags as YouTube counts it: with commas between them, and quotes around a tag that contains a space.</summary>
    public static int TagCharacters(IReadOnlyCollection<string> tags) =>
        tags.Sum(tag => tag.Length + (tag.Contains(' ', StringComparison.Ordinal) ? 2 : 0)) + Math.Max(0, tags.Count - 1);
}
