namespace Podcast.ShowNotes;

/// <summary>The texts of an episode at Transistor, from where Apple and Spotify have them (developers.transistor.fm, episodes).</summary>
/// <param name="Summary">Plain text; null: none is sent.</param>
/// <param name="Description">HTML with the chapters, which the API has no other field for.</param>
/// <param name="Notes">What was changed, for people.</param>
/// <param name="Violations">If there are any, a listener would not see the text as it is.</param>
public sealed record TransistorMetadata(
    string Title, string? Summary, string Description, IReadOnlyList<string> Notes, IReadOnlyList<MetadataViolation> Violations)
{
    /// <summary>In characters. Transistor documents no limit; this one is ours, of a usual database column.</summary>
    public const int LongestTitle = 255;

    /// <summary>In characters. Transistor documents no limit; this one is that of <c>itunes:subtitle</c>.</summary>
    public const int LongestSummary = 255;

    /// <summary>In bytes of UTF-8, with the markup: Apple's limit for descriptions in a feed.</summary>
    public const int LongestDescription = 4000;

    /// <exception cref="FormatException">A pattern of the show is invalid; see <see cref="TextPattern"/>.</exception>
    public static TransistorMetadata Compile(ShowTexts show, EpisodeFacts episode)
    {
        var values = new PatternValues(show, episode, ChapterFormats.Podcast(episode.Chapters));
        var notes = new List<string>();
        var violations = new List<MetadataViolation>();
        var title = values.Title("transistor.title", show.TransistorTitle, violations);
        var summary = values.Title("transistor.summary", show.TransistorSummary, violations);
        var description = values.Description("transistor.description", show.TransistorDescription, LongestDescription, Html, notes);
        violations.AddRange(
        [
            .. FieldRules.NotEmpty("transistor.title", title),
            .. FieldRules.Characters("transistor.title", title, LongestTitle),
            .. FieldRules.Characters("transistor.summary", summary, LongestSummary),
            .. FieldRules.Bytes("transistor.description", description, LongestDescription),
        ]);
        return new(title, summary.Length > 0 ? summary : null, description, notes, violations);
    }

    /// <summary>A paragraph for each block of lines. Apple reads a stamp at the beginning of a line.</summary>
    private static string Html(string text) => string.Join('\n', text
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(block => $"<p>{string.Join("<br>", block.Split('\n').Select(Escape))}</p>"));

    // Not umlauts and other letters, which WebUtility would write as numbers.
    private static string Escape(string line) => line
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
