using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Podcast.Id3;

namespace Podcast.ShowNotes;

/// <summary>The list of chapters in the form of each platform. A list without marks is empty text.</summary>
public static class ChapterFormats
{
    /// <summary>The media type of <see cref="Json"/>.</summary>
    public const string JsonType = "application/json+chapters";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for a file of its own, not for a page
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Lines such as <c>0:00 Intro</c> for a YouTube description.</summary>
    public static string YouTube(ChapterList chapters) => Lines(chapters, Stamp.Short);

    /// <summary>Lines such as <c>00:00:00 Intro</c> for the description at a podcast host, where Apple and Spotify read them.</summary>
    public static string Podcast(ChapterList chapters) => Lines(chapters, Stamp.Full);

    /// <summary>The chapters file of Podcasting 2.0 (podcast-namespace, chapters/jsonChapters.md, 1.2.0).</summary>
    public static string Json(ChapterList chapters)
    {
        var listed = chapters.Marks.Select(mark => new JsonChapter(mark.Start.TotalSeconds, mark.Title, mark.End.TotalSeconds));
        return chapters.Marks.Count == 0 ? "" : JsonSerializer.Serialize(new JsonFile("1.2.0", [.. listed]), Readable) + "\n";
    }

    /// <summary>The chapters of the MP3's tag, in whole milliseconds.</summary>
    public static IReadOnlyList<Id3Chapter> Id3(ChapterList chapters) =>
        [.. chapters.Marks.Select(mark => new Id3Chapter(mark.Start, mark.End, mark.Title))];

    private static string Lines(ChapterList chapters, Func<TimeSpan, string> stamp) =>
        string.Join('\n', chapters.Marks.Select(mark => $"{stamp(mark.Start)} {mark.Title}"));

    private sealed record JsonFile(
        [property: JsonPropertyName("version")] string Version,
        [property: JsonPropertyName("chapters")] IReadOnlyList<JsonChapter> Chapters);

    private sealed record JsonChapter(
        [property: JsonPropertyName("startTime")] double Start,
        [property: JsonPropertyName("title")] string Title,
        [property: JsonPropertyName("endTime")] double End);
}
