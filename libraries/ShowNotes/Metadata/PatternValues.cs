namespace Podcast.ShowNotes;

/// <summary>Fills a show's patterns with the facts of an episode and the chapters in one platform's form.</summary>
internal sealed partial class PatternValues(ShowTexts show, EpisodeFacts episode, string chapters)
{
    private readonly string[] links = ["youtube", "transistor", .. show.Links.Keys];

    /// <summary>One line; a missing value is a violation, because a title is shown as it is.</summary>
    public string Title(string field, string pattern, List<MetadataViolation> violations)
    {
        var title = PlainText.OneLine(new TextPattern(pattern, links).Fill(name => Value(name), out var missing));
        violations.AddRange(missing.Select(name => new MetadataViolation(
            field, "every placeholder has a value", $"{field} asks for {name}, which this episode does not have.")));
        return title;
    }

    /// <summary>
    /// Several lines. If the text has more bytes than <paramref name="longest"/> and the show says so, the episode's description is
    /// shortened until it fits.
    /// </summary>
    /// <param name="written">The form in which the platform gets the text, whose bytes count.</param>
    public string Description(string field, string pattern, int longest, Func<string, string> written, List<string> notes)
    {
        var parsed = new TextPattern(pattern, links);
        var description = PlainText.Lines(episode.Description);
        if (chapters.Length > 0 && OwnStamp().IsMatch(description))
            notes.Add($"{field}: the description has times of its own; a platform may take them for the chapters");
        var whole = Fill(description);
        if (!show.ShortenDescription || Fits(whole))
            return whole;

        // How much markup makes of a text depends on the text, so the most that fits is searched for.
        var bytes = Encoding.UTF8.GetByteCount(description);
        var (most, tooMany) = (0, bytes);
        while (tooMany - most > 1)
        {
            var middle = (most + tooMany) / 2;
            (most, tooMany) = Fits(Fill(PlainText.ShortenBytes(description, middle))) ? (middle, tooMany) : (most, middle);
        }

        if (PlainText.ShortenBytes(description, most) is not { Length: > 0 } shorter)
            return whole;
        notes.Add($"{field}: shortened the description from {bytes} to {Encoding.UTF8.GetByteCount(shorter)} bytes");
        return Fill(shorter);

        bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= longest;

        string Fill(string text) => written(parsed.Fill(name => name == "description" ? text : Value(name), out _));
    }

    public string Tag(string pattern) => PlainText.OneLine(new TextPattern(pattern, links).Fill(Value, out _));

    private string? Value(string name) => name switch
    {
        "title" => PlainText.OneLine(episode.Title),
        "description" => PlainText.Lines(episode.Description),
        "chapters" => chapters,
        "show" => PlainText.OneLine(show.Show),
        "season" => episode.Season?.ToString(CultureInfo.InvariantCulture),
        "number" => episode.Number?.ToString(CultureInfo.InvariantCulture),
        "link:youtube" => episode.YouTube?.AbsoluteUri,
        "link:transistor" => episode.Transistor?.AbsoluteUri,
        _ => show.Links.GetValueOrDefault(name["link:".Length..])?.AbsoluteUri,
    };

    [GeneratedRegex(@"^\W*[0-9]{1,2}(?::[0-9]{2}){1,2}\b", RegexOptions.Multiline)]
    private static partial Regex OwnStamp();
}
