using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.Api;
using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>The bodies of transcript and chapter files.</summary>
internal static class TimedText
{
    public static string Speech(IReadOnlyList<Segment> segments, string language, Dialect dialect) =>
        WireJson.Text(dialect < Dialect.G3 ? OldSpeech(segments, language) : NewSpeech(segments, language));

    public static string ChaptersAsJson(IReadOnlyList<Segment> chapters) => WireJson.Text(new JsonObject
    {
        ["object"] = "track",
        ["kind"] = "chapters",
        ["chapters"] = List(chapters, (chapter, index) => new JsonObject
        {
            ["index"] = index,
            ["start"] = chapter.Start,
            ["end"] = chapter.End,
            ["title"] = chapter.Text,
        }),
    });

    public static string ChaptersAsVtt(IReadOnlyList<Segment> chapters)
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (var (chapter, index) in chapters.Select((chapter, index) => (chapter, index)))
            text.Append(CultureInfo.InvariantCulture, $"\n{index + 1}\n{Clock(chapter.Start)} --> {Clock(chapter.End)}\n{chapter.Text}\n");
        return text.ToString();
    }

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

    private static JsonArray List(IReadOnlyList<Segment> segments, Func<Segment, int, JsonNode> write) => new([.. segments.Select(write)]);

    private static string Clock(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
