namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Writes the content of transcript and chapter files.</summary>
internal static class TimedText
{
    public static string Speech(IReadOnlyList<Segment> segments, string language, Dialect dialect) =>
        WireJson.Text(dialect < Dialect.G3 ? OldSpeech(segments, language) : NewSpeech(segments, language));

    public static string ChaptersAsJson(IReadOnlyList<Segment> chapters) => WireJson.Text(new JsonObject
    {
        ["object"] = "track",
        ["kind"] = "chapters",
        ["chapters"] = ChapterList(chapters),
    });

    public static JsonArray ChapterList(IReadOnlyList<Segment> chapters) => List(chapters, (chapter, index) => new JsonObject
    {
        ["index"] = index,
        ["start"] = chapter.Start,
        ["end"] = chapter.End,
        ["title"] = chapter.Text,
    });

    public static string ChaptersAsVtt(IReadOnlyList<Segment> chapters) => "WEBVTT\n\n" + Cues(chapters);

    /// <summary>Like VTT, but without the first line and with a comma in the times.</summary>
    public static string ChaptersAsSrt(IReadOnlyList<Segment> chapters) => Cues(chapters, point: ',');

    private static string Cues(IReadOnlyList<Segment> chapters, char point = '.') => string.Join('\n', chapters.Select((chapter, index) =>
        $"{index + 1}\n{Clock(chapter.Start, point)} --> {Clock(chapter.End, point)}\n{chapter.Text}\n"));

    private static JsonObject OldSpeech(IReadOnlyList<Segment> segments, string language) => new()
    {
        ["detected"] = segments.Count > 0,
        ["speakers"] = segments.Count > 0 ? 1 : 0,
        ["language"] = language,
        ["text"] = List(segments, (segment, _) => segment.Text),
        ["confidence"] = segments.Count > 0 ? Math.Round(segments.Average(segment => segment.Confidence ?? 0), 3) : 0,
        ["timeline"] = List(segments, (segment, index) => new JsonObject
        {
            ["index"] = index,
            ["start"] = segment.Start,
            ["end"] = segment.End,
            ["detected"] = true,
            ["speaker"] = 0,
            ["text"] = segment.Text,
            ["confidence"] = segment.Confidence,
        }),
    };

    private static JsonObject NewSpeech(IReadOnlyList<Segment> segments, string language) => new()
    {
        ["kind"] = "speech",
        ["text"] = List(segments, (segment, _) => segment.Text),
        ["languages"] = new JsonArray(language),
        ["speakers"] = segments.Count > 0 ? 1 : 0,
        ["timeline"] = List(segments, (segment, _) => new JsonObject
        {
            ["start"] = segment.Start,
            ["end"] = segment.End,
            ["speaker"] = 0,
            ["text"] = segment.Text,
        }),
    };

    private static JsonArray List(IReadOnlyList<Segment> segments, Func<Segment, int, JsonNode> write) =>
        new([.. segments.Select(write)]);

    private static string Clock(double seconds, char point) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000))
        .ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture).Replace('.', point);
}

/// <summary>A time span with a text: a spoken sentence, or a chapter and its title.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Confidence">0 to 1; chapters have none.</param>
internal sealed record Segment(double Start, double End, string Text, double? Confidence = null);
