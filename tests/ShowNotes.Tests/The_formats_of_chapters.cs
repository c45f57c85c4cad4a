using System.Text.Json;
using Podcast.Id3;

namespace Podcast.ShowNotes.Tests;

public sealed class The_formats_of_chapters
{
    [Fact]
    public void repairs_are_named() => Golden.Check("chapters.repairs.txt", string.Join('\n', Samples.Chapters.Repairs) + "\n");

    [Fact]
    public void youtube_has_lines_in_its_description() =>
        Golden.Check("chapters.youtube.txt", ChapterFormats.YouTube(Samples.Chapters) + "\n");

    [Fact]
    public void podcast_hosts_have_lines_with_hours() =>
        Golden.Check("chapters.podcast.txt", ChapterFormats.Podcast(Samples.Chapters) + "\n");

    [Fact]
    public void podcasting_2_0_has_json() => Golden.Check("feed/chapters.json", ChapterFormats.Json(Samples.Chapters));

    [Fact]
    public async Task an_mp3_has_frames()
    {
        await using var tagged = await TaggedMp3Stream.Open(
            new MemoryStream(), 0, new Id3Tag("Höhenluft", "Bergfunk", ChapterFormats.Id3(Samples.Chapters)), default);
        using var tag = new MemoryStream();
        await tagged.CopyToAsync(tag);

        var rows = Convert.ToHexString(tag.ToArray()).Chunk(64).Select(row => new string(row));
        Golden.Check("chapters.id3.txt", string.Join('\n', rows) + "\n");
    }

    [Fact]
    public void all_say_the_same()
    {
        var list = Samples.Chapters;
        var json = JsonDocument.Parse(ChapterFormats.Json(list)).RootElement.GetProperty("chapters").EnumerateArray();

        json.Select(chapter => (chapter.GetProperty("startTime").GetDouble(), chapter.GetProperty("title").GetString()!))
            .ShouldBe(ChapterFormats.Id3(list).Select(chapter => (chapter.Start.TotalSeconds, chapter.Title)));
        Titles(ChapterFormats.YouTube(list)).ShouldBe(list.Marks.Select(mark => mark.Title));
        Titles(ChapterFormats.Podcast(list)).ShouldBe(list.Marks.Select(mark => mark.Title));
    }

    private static IEnumerable<string> Titles(string lines) =>
        lines.Split('\n').Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
}
