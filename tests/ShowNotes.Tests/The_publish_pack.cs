namespace Podcast.ShowNotes.Tests;

public sealed class The_publish_pack
{
    private static readonly CaptionTrack Captions = CaptionCompiler.Compile(Samples.Lines);
    private static readonly YouTubeMetadata YouTube = YouTubeMetadata.Compile(Samples.Show, Samples.Episode);
    private static readonly TransistorMetadata Transistor = TransistorMetadata.Compile(Samples.Show, Samples.Episode);

    [Fact]
    public void youtube_has_its_files() => Check(
        PublishPack.YouTube(YouTube, Samples.Chapters, Captions),
        "youtube/title.txt", "youtube/description.txt", "youtube/tags.txt", "youtube/chapters.txt",
        "youtube/captions.srt", "youtube/checklist.txt");

    [Fact]
    public void transistor_has_its_files() => Check(
        PublishPack.Transistor(Transistor, Samples.Chapters, "Willkommen auf der Hütte.\nHeute sprechen wir …"),
        "transistor/title.txt", "transistor/summary.txt", "transistor/description.html", "transistor/chapters.txt",
        "transistor/transcript.txt", "transistor/checklist.txt");

    [Fact]
    public void a_feed_has_its_files()
    {
        var files = PublishPack.Feed(Samples.Chapters, Captions);

        Check(files, "feed/chapters.json", "feed/captions.vtt", "feed/checklist.txt");
        files.Select(file => file.ContentType).ShouldBe(
            ["application/json+chapters", "text/vtt; charset=utf-8", "text/plain; charset=utf-8"]);
    }

    [Fact]
    public void what_is_missing_has_a_line_instead_of_a_file()
    {
        var chapters = Samples.Compile(600, (0, "a"), (300, "b"));
        var captions = CaptionCompiler.Compile([]);
        var show = new ShowTexts { Show = "Bergfunk" };
        var facts = new EpisodeFacts(new string('a', 101), "", chapters);

        var files = PublishPack.YouTube(YouTubeMetadata.Compile(show, facts), chapters, captions)
            .Concat(PublishPack.Transistor(TransistorMetadata.Compile(show, facts), chapters, " "))
            .Concat(PublishPack.Feed(chapters, captions))
            .ToList();

        files.Select(file => file.Name).ShouldBe(
        [
            "youtube/title.txt", "youtube/description.txt", "youtube/checklist.txt",
            "transistor/title.txt", "transistor/description.html", "transistor/checklist.txt",
            "feed/checklist.txt",
        ]);
        Golden.Check("checklists.missing.txt", string.Concat(files.Where(file => file.Name.EndsWith("checklist.txt")).Select(Text)));
    }

    private static void Check(IReadOnlyList<PackFile> files, params string[] names)
    {
        files.Select(file => file.Name).ShouldBe(names);
        foreach (var file in files)
            Golden.Check(file.Name, file.Content.Span);
    }

    private static string Text(PackFile file) => Encoding.UTF8.GetString(file.Content.Span);
}
