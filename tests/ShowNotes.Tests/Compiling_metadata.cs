namespace Podcast.ShowNotes.Tests;

public sealed class Compiling_metadata
{
    private static readonly ShowTexts Plain = new() { Show = "Bergfunk" };
    private static readonly ChapterList NoChapters = new([], [], "no chapters");

    [Theory]
    [InlineData("a < b", "no < or >", "youtube.title has a <; neither < nor > is allowed.")]
    [InlineData("101", "100 characters", "youtube.title has 101 characters; at most 100 are allowed.")]
    public void a_youtube_title_is_checked(string title, string limit, string message) =>
        YouTube(Plain, Facts(title == "101" ? new string('ä', 101) : title, ""))
            .Violations.ShouldBe([new("youtube.title", limit, message)]);

    [Theory]
    [InlineData("", "youtube.title is empty.")]
    [InlineData("{title}", "youtube.title asks for {title}, which this episode does not have.", "youtube.title is empty.")]
    public void an_empty_title_is_a_violation(string pattern, params string[] messages) =>
        YouTube(Plain with { YouTubeTitle = pattern }, Facts(" ", "")).Violations.Select(violation => violation.Message).ShouldBe(messages);

    [Fact]
    public void what_just_fits_passes()
    {
        var show = Plain with { YouTubeTags = [new string('a', 250), new string('b', 249)], TransistorSummary = new string('s', 255) };
        var youtube = YouTube(show, Facts(new string('ä', 100), new string('ü', 2500)));
        var transistor = TransistorMetadata.Compile(show, Facts(new string('ä', 255), new string('a', 4000 - "<p></p>".Length)));

        youtube.Violations.ShouldBeEmpty();
        transistor.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ü", 2501, "5000 bytes of UTF-8", "youtube.description has 5002 bytes of UTF-8; at most 5000 are allowed.")]
    [InlineData(">", 1, "no < or >", "youtube.description has a >; neither < nor > is allowed.")]
    public void a_youtube_description_is_checked(string character, int count, string limit, string message) =>
        YouTube(Plain, Facts("a", string.Concat(Enumerable.Repeat(character, count))))
            .Violations.ShouldBe([new("youtube.description", limit, message)]);

    [Theory]
    [InlineData(0)]
    [InlineData(1, "abc")]
    [InlineData(3, "abc", "de f", "ghi")]
    public void tags_count_with_commas_and_quotes(int extra, params string[] tags)
    {
        var quotes = tags.Contains("de f") ? 2 : 0;

        YouTubeMetadata.TagCharacters(tags).ShouldBe(tags.Sum(tag => tag.Length) + Math.Max(0, extra - 1) + quotes);
    }

    [Fact]
    public void too_many_tags_are_a_violation()
    {
        var tags = YouTube(Plain with { YouTubeTags = [new string('a', 250), new string('b', 247) + " b"] }, Facts("a", ""));

        tags.Violations.ShouldBe(
        [
            new("youtube.tags", "500 characters", "youtube.tags has 502 characters, with commas, and quotes around tags with spaces; "
                + "at most 500 are allowed."),
        ]);
    }

    [Fact]
    public void transistor_fields_are_checked()
    {
        var show = Plain with { TransistorSummary = new string('s', 256) };

        var violations = TransistorMetadata.Compile(show, Facts(new string('t', 256), new string('&', 800))).Violations;

        violations.Select(violation => violation.Message).ShouldBe(
        [
            "transistor.title has 256 characters; at most 255 are allowed.",
            "transistor.summary has 256 characters; at most 255 are allowed.",
            "transistor.description has 4007 bytes of UTF-8; at most 4000 are allowed.",
        ]);
    }

    [Fact]
    public void a_title_does_not_go_out_with_a_gap() =>
        YouTube(Plain with { YouTubeTitle = "{title} S{season}" }, Facts("a", "")).Violations.ShouldBe(
            [new("youtube.title", "every placeholder has a value", "youtube.title asks for {season}, which this episode does not have.")]);

    [Theory]
    [InlineData("🏔️ ", 900)]
    [InlineData("ü", 4000)]
    [InlineData("word ", 3000)]
    [InlineData("a & b\n\n", 3000)]
    public void a_description_is_shortened_between_characters(string part, int count)
    {
        const string pattern = "{description}\n\nMit {show}";
        var show = Plain with { ShortenDescription = true, YouTubeDescription = pattern, TransistorDescription = pattern };
        var facts = Facts("a", string.Concat(Enumerable.Repeat(part, count)));

        var youtube = YouTube(show, facts);
        var transistor = TransistorMetadata.Compile(show, facts);

        youtube.Violations.ShouldBeEmpty();
        transistor.Violations.ShouldBeEmpty();
        Encoding.UTF8.GetByteCount(youtube.Description).ShouldBeInRange(4980, 5000);
        Encoding.UTF8.GetByteCount(transistor.Description).ShouldBeInRange(3970, 4000);
        youtube.Description.ShouldEndWith("…\n\nMit Bergfunk");
        transistor.Description.ShouldEndWith("<p>Mit Bergfunk</p>");
        youtube.Description.ShouldNotContain('\ufffd');
        string.Concat(youtube.Description.Split('…')[0].Split(part.Trim())).Trim().ShouldBeOneOf("", "a", "a &");
        youtube.Notes.ShouldHaveSingleItem().ShouldStartWith("youtube.description: shortened the description from ");
    }

    [Fact]
    public void a_description_that_others_crowd_out_is_a_violation()
    {
        var show = Plain with { ShortenDescription = true, YouTubeDescription = "{description}\n\n" + new string('x', 5001) };

        var youtube = YouTube(show, Facts("a", "word"));

        youtube.Violations.ShouldHaveSingleItem().Limit.ShouldBe("5000 bytes of UTF-8");
        youtube.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void times_in_a_description_are_noted()
    {
        const string note = "youtube.description: the description has times of its own; a platform may take them for the chapters";

        YouTube(Plain, Facts("a", "Inhalt:\n(0:00) Anfang") with { Chapters = Samples.Chapters }).Notes.ShouldBe([note]);
        YouTube(Plain, Facts("a", "Inhalt:\n(0:00) Anfang")).Notes.ShouldBeEmpty();
        YouTube(Plain, Facts("a", "Um 20:15 geht es los") with { Chapters = Samples.Chapters }).Notes.ShouldBeEmpty();
    }

    [Fact]
    public void a_wrong_pattern_is_an_error_not_a_text() =>
        Should.Throw<FormatException>(() => YouTube(Plain with { YouTubeTags = ["{guest}"] }, Facts("a", "")))
            .Message.ShouldStartWith("{guest} is unknown.");

    private static YouTubeMetadata YouTube(ShowTexts show, EpisodeFacts facts) => YouTubeMetadata.Compile(show, facts);

    private static EpisodeFacts Facts(string title, string description) => new(title, description, NoChapters);
}
