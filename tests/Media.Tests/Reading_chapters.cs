using System.Text;

namespace Podcast.Media.Tests;

public sealed class Reading_chapters
{
    [Theory]
    [InlineData("""{"chapters":[{"index":0,"start":0,"end":10,"title":"a"},{"start":"10.5","end":20,"title":"b"}]}""")]
    [InlineData("""{"timeline":[{"title":"a","start":0,"end":10},{"title":"b","start":10.5,"end":20}]}""")]
    [InlineData("""[{"start":0},{"start":10.5}]""")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:10.000\na\n\n00:10.500 --> 00:20.000\nb")]
    [InlineData("1\n00:00:00,000 --> 00:00:10,000\na\n\n2\n00:00:10,500 --> 00:00:20,000\nb")]
    public void every_form_of_chapters_is_understood(string content) => Starts(content).ShouldBe("0 10.5");

    [Theory]
    [InlineData("""{"object":"track","kind":"chapters","chapters":[{"start":0,"end":9,"title":"Höhe & Weite"},{"start":9,"title":7}]}""")]
    [InlineData("""{"kind":"outline","timeline":[{"title":" Höhe & Weite ","start":0,"end":9},{"title":"7","start":9,"end":20}]}""")]
    [InlineData("WEBVTT\n\n1\n00:00.000 --> 00:09.000\n<b>Höhe</b> &amp; Weite\n\n00:09.000 --> 00:20.000\n7")]
    [InlineData("1\n00:00:00,000 --> 00:00:09,000\nHöhe &\nWeite\n\n2\n00:00:09,000 --> 00:00:20,000\n7")]
    public void titles_come_with_the_times(string content) => Titles(content).ShouldBe(["Höhe & Weite", "7"]);

    [Theory]
    [InlineData("""[{"start":0},{"start":5,"title":" "},{"start":9,"title":{"en":"a"}}]""")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:05.000\n\n00:05.000 --> 00:09.000\n\n00:09.000 --> 00:12.000\n")]
    public void chapters_without_a_title_are_kept(string content) => Titles(content).ShouldBe([null, null, null]);

    [Theory]
    [InlineData("""[{"start":0,"end":0},{"start":0,"end":5},{"start":5,"end":12}]""", "0 5", "Left out 1 of 3 chapters: no length.")]
    [InlineData("""[{"start":5},{"start":5},{"start":0}]""", "0 5", "Left out 1 of 3 chapters: the start of another. Put the chapters in order.")]
    [InlineData("""[{"start":0},{"start":9,"end":3}]""", "0", "Left out 1 of 2 chapters: no length.")]
    [InlineData("""[{"start":-1},{"start":2},{"title":"a"}]""", "2", "Left out 2 of 3 chapters: no \"start\" in seconds, a start before the beginning.")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:00.000\na\n\n00:01.000 --> 00:02.000\nb", "1", "Left out 1 of 2 chapters: no length.")]
    [InlineData("WEBVTT\n\n00:00 --> 00:01\na\n\n00:01.000 --> 00:02.000\n<v A>b <v B>c", "1", "Left out 1 of 2 chapters: times that cannot be read.")]
    public void odd_chapters_are_put_in_order_or_left_out(string content, string starts, string note)
    {
        Starts(content).ShouldBe(starts);
        ChapterReader.Read(Encoding.UTF8.GetBytes(content)).Note.ShouldBe(note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Intro, then the guest")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("""{"chapters":[{"title":"a"}]}""")]
    [InlineData("""{"chapters":[1,2]}""")]
    public void what_is_no_list_of_chapters_is_refused(string content) =>
        Should.Throw<OutputException>(() => ChapterReader.Read(Encoding.UTF8.GetBytes(content))).Transient.ShouldBeFalse();

    private static IEnumerable<string?> Titles(string content) =>
        ChapterReader.Read(Encoding.UTF8.GetBytes(content)).Chapters.Select(chapter => chapter.Title);

    private static string Starts(string content) => string.Join(
        ' ', ChapterReader.Read(Encoding.UTF8.GetBytes(content)).Chapters.Select(chapter => FormattableString.Invariant($"{chapter.Start}")));
}
