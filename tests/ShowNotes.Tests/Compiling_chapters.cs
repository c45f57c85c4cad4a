namespace Podcast.ShowNotes.Tests;

public sealed class Compiling_chapters
{
    [Fact]
    public void good_chapters_stay_as_they_are()
    {
        var list = Samples.Compile(120, (0, "a"), (10, "b"), (110, "c"));

        list.Marks.ShouldBe([Mark(0, 10, "a"), Mark(10, 110, "b"), Mark(110, 120, "c")]);
        list.Repairs.ShouldBeEmpty();
        list.LeftOut.ShouldBeNull();
    }

    [Fact]
    public void an_opening_is_added_at_zero() =>
        Result(Samples.Compile("""[{"start":75,"title":"a"},{"start":100,"title":"b"}]""", TimeSpan.FromMinutes(5), "Los geht’s"))
            .ShouldBe("0:Los geht’s 75:a 100:b | added 0:00 \"Los geht’s\", because the first chapter begins at 1:15");

    [Theory]
    [InlineData(3.4, "0:a 20:b 40:c | moved \"a\" from 0:03 to 0:00")]
    [InlineData(0.9, "0:a 20:b 40:c | ")]
    public void a_first_chapter_near_zero_is_moved(double start, string result) =>
        Result(Samples.Compile(60, (start, "a"), (20, "b"), (40, "c"))).ShouldBe(result);

    [Theory]
    [InlineData(new double[] { 0, 20, 24, 28, 60, 80 }, "0:a 28:d 60:e 80:f", "b (4 s) before a", "c (4 s) before a")]
    [InlineData(new double[] { 0, 5, 9, 40, 60 }, "0:c 40:d 60:e", "a (5 s) after b", "b (9 s) after c")]
    [InlineData(new double[] { 0, 20, 40, 94 }, "0:a 20:b 40:c", "d (6.5 s) before c")]
    [InlineData(new double[] { 0, 20, 20.9, 40 }, "0:a 20:c 40:d", "b (0 s) before a")]
    public void short_chapters_are_merged(double[] starts, string marks, params string[] merged)
    {
        var list = Samples.Compile(100.5, [.. starts.Select((start, at) => (start, (string?)$"{(char)('a' + at)}"))]);

        list.Repairs.Select(repair => repair
            .Replace("merged ", "", StringComparison.Ordinal)
            .Replace("into the chapter ", "", StringComparison.Ordinal)
            .Replace("it, ", "", StringComparison.Ordinal)
            .Replace("\"", "", StringComparison.Ordinal)).ShouldBe(merged);
        Result(list).ShouldStartWith($"{marks} | merged \"");
    }

    [Fact]
    public void chapters_beyond_the_end_are_left_out() =>
        Result(Samples.Compile(60, (0, "a"), (20, "b"), (40, "c"), (60, "d"), (1e300, "e"), (-1, "f"))).ShouldBe(
            "0:a 20:b 40:c | left out \"f\", which does not begin within the 1:00 of the episode; left out \"d\", which does not begin "
            + "within the 1:00 of the episode; left out \"e\", which does not begin within the 1:00 of the episode");

    [Theory]
    [InlineData(new double[0], "no chapters")]
    [InlineData(new double[] { 0 }, "only one chapter: YouTube and Apple ignore fewer than three")]
    [InlineData(new double[] { 0, 30 }, "only two chapters: YouTube and Apple ignore fewer than three")]
    [InlineData(new double[] { 0, 30, 55 }, "only two chapters: YouTube and Apple ignore fewer than three")]
    public void a_list_too_short_is_left_out(double[] starts, string reason)
    {
        var list = Samples.Compile(60, [.. starts.Select(start => (start, (string?)"a"))]);

        list.LeftOut.ShouldBe(reason);
        list.Marks.ShouldBeEmpty();
        ChapterFormats.YouTube(list).ShouldBeEmpty();
        ChapterFormats.Json(list).ShouldBeEmpty();
    }

    [Fact]
    public void a_list_too_long_for_an_mp3_is_left_out() =>
        Samples.Compile(10_000, [.. Enumerable.Range(0, 256).Select(at => (at * 10.0, (string?)"a"))])
            .LeftOut.ShouldBe("256 chapters: an MP3 can list 255");

    [Theory]
    [InlineData(" two\r\n\tlines\u2028here\u0007 ", "two lines here", "")]
    [InlineData("x < 5 -> y", "x ‹ 5 -› y", "wrote \"x ‹ 5 -› y\" with ‹ or ›, because YouTube takes neither < nor >")]
    [InlineData(null, "Chapter 1", "named chapter 1, which has no title, \"Chapter 1\"")]
    [InlineData("\u0007", "Chapter 1", "named chapter 1, which has no title, \"Chapter 1\"")]
    public void a_title_is_one_plain_line(string? written, string title, string repairs)
    {
        var list = Samples.Compile(60, (0, written), (20, "b"), (40, "c"));

        list.Marks[0].Title.ShouldBe(title);
        string.Join("; ", list.Repairs).ShouldBe(repairs);
    }

    [Fact]
    public void half_a_surrogate_pair_is_replaced() =>
        Samples.Compile(60, (0, "a\ud83d"), (20, "b"), (40, "c")).Marks[0].Title.ShouldBe("a\ufffd");

    [Theory]
    [InlineData(70, 1, 70)]
    [InlineData(71, 1, 70)]
    [InlineData(40, 2, 69)] // 👍 has two code units: 34 of them and the ellipsis
    [InlineData(20, 11, 67)] // a family of four people has eleven: six of it and the ellipsis
    public void a_long_title_is_cut_between_characters(int characters, int units, int shown)
    {
        var character = units switch { 1 => "é", 2 => "👍", _ => "👨‍👩‍👧‍👦" };

        var title = Samples.Compile(60, (0, string.Concat(Enumerable.Repeat(character, characters))), (20, "b"), (40, "c")).Marks[0].Title;

        title.Length.ShouldBe(shown);
        title.TrimEnd('…').Replace(character, "", StringComparison.Ordinal).ShouldBeEmpty();
    }

    private static ChapterMark Mark(int start, int end, string title) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), title);

    private static string Result(ChapterList list) =>
        $"{string.Join(' ', list.Marks.Select(mark => $"{mark.Start.TotalSeconds}:{mark.Title}"))} | {string.Join("; ", list.Repairs)}";
}
