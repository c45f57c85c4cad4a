using System.Text;
using Podcast.Contracts;
using Podcast.Processing.Outputs;
using Podcast.Processing.Transcripts;

namespace Podcast.Processing.Tests;

public sealed class Reading_transcripts
{
    private static readonly TranscriptLine[] TwoLines = [new(0, 1.5, "Hello there."), new(1.5, 3.25, "Welcome to the show.")];

    [Fact]
    public void the_speech_file_of_2025_is_understood()
    {
        var transcript = Read(
            """
            {"detected":true,"speakers":1,"language":"en","text":["Hello there. Welcome to the show."],"confidence":0.9,"timeline":[
              {"index":0,"start":0,"end":1.5,"detected":true,"speaker":0,"text":"Hello there.","confidence":0.9},
              {"index":1,"start":1.5,"end":2,"detected":false,"speaker":null,"text":""},
              {"index":2,"start":1.5,"end":3.25,"detected":true,"speaker":0,"text":"Welcome to the show.","confidence":0.9}]}
            """);

        (transcript.Text, transcript.Language).ShouldBe(("Hello there. Welcome to the show.", "en"));
        transcript.Lines.ShouldBe(TwoLines.Select(line => line with { Speaker = "0" }));
    }

    [Fact]
    public void the_speech_file_of_late_2025_is_understood()
    {
        var transcript = Read(
            """{"kind":"speech","text":["Hello there.","Welcome to the show."],"languages":["de","en"],"speakers":2,"timeline":[{"start":"0","end":"1.5","speaker":"Ann","text":"Hello there."},{"start":1.5,"end":3.25,"text":"Welcome to the show."}]}""");

        (transcript.Text, transcript.Language).ShouldBe(("Hello there.\nWelcome to the show.", "de"));
        transcript.Lines.ShouldBe([TwoLines[0] with { Speaker = "Ann" }, TwoLines[1]]);
    }

    [Theory]
    [InlineData("""{"data":{"text":"Hello there."}}""")]
    [InlineData("""[{"start":0,"end":1,"text":"Hello there."}]""")]
    [InlineData("""{"timeline":[{"start":0,"end":1,"text":"Hello there."}]}""")]
    [InlineData("Hello there.")]
    [InlineData("\uFEFFHello there.\r\n")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000\nHello there.")]
    public void whatever_is_around_them_the_words_are_found(string content) => Read(content).Text.ShouldBe("Hello there.");

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void webvtt_is_understood(string lineEnd)
    {
        var transcript = Read(
            """
            WEBVTT - made by Ittybit
            Kind: captions

            NOTE 00:00:00.000 --> 00:00:01.000
            not this

            STYLE
            ::cue { color: red }

            intro
            00:00.000 --> 00:01.500 align:start
            <v Ann &amp; Bob>Hello <i>there</i>.</v>

            00:00:01.500 --> 00:00:03.250
            Welcome
            to the show.
            """.ReplaceLineEndings(lineEnd));

        transcript.Lines.ShouldBe([TwoLines[0] with { Speaker = "Ann & Bob" }, TwoLines[1]]);
        transcript.Text.ShouldBe("Hello there.\nWelcome to the show.");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void srt_is_understood(string lineEnd) => Read(
        """
        1
        00:00:00,000 --> 00:00:01,500
        <b>Hello</b> there.

        2
        00:00:01,500 --> 00:00:03,250
        Welcome
        to the show.

        """.ReplaceLineEndings(lineEnd)).Lines.ShouldBe(TwoLines);

    [Fact]
    public void plain_text_is_text_without_times()
    {
        var transcript = Read("[Music] Hello there.\r\n\r\nWelcome.\n");

        transcript.Text.ShouldBe("[Music] Hello there.\n\nWelcome.");
        transcript.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void lines_are_put_in_order_and_those_of_one_moment_keep_theirs() =>
        Read("""[{"start":5,"end":6,"text":"c"},{"start":1,"end":2,"text":"a"},{"start":1,"end":9,"text":"b"}]""")
            .Lines.Select(line => line.Text).ShouldBe(["a", "b", "c"]);

    [Fact]
    public void any_script_is_kept_and_what_nobody_sees_is_not() =>
        Read("""{"text":["🙂 שלום <script>\u0000\u0007 漢字"]}""").Text.ShouldBe("🙂 שלום <script> 漢字");

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n ", "empty")]
    [InlineData("""{"text":[]}""", "empty")]
    [InlineData("""{"text":["  "],"timeline":[]}""", "empty")]
    [InlineData("""{"detected":false,"text":[],"timeline":[]}""", "no speech")]
    [InlineData("""{"hello":"world"}""", "neither")]
    [InlineData("""{"text":["a"],"timeline":{}}""", "timeline")]
    [InlineData("""{"text":["a"],"timeline":[{"end":1,"text":"a"}]}""", "start")]
    [InlineData("""{"text":["a"],"timeline":[{"start":0,"end":"soon","text":"a"}]}""", "end")]
    [InlineData("""[{"start":-1,"end":1,"text":"a"}]""", "before the beginning")]
    [InlineData("""[{"start":3,"end":1,"text":"a"}]""", "ends before it begins")]
    [InlineData("""[{"start":0,"end":1,"text":"a"},{"start":1e300,"end":1e300,"text":"b"}]""", "beyond a week")]
    [InlineData("""[{"start":"NaN","end":1,"text":"a"}]""", "before the beginning")]
    [InlineData("""{"text":["\ud800"]}""", "half a character")]
    [InlineData("WEBVTT", "empty")]
    [InlineData("WEBVTT\n\n00:01.000 --> soon\nHello", "times")]
    [InlineData("1\n00:00:01,000 --> 00:00:00,500\nHello", "ends before it begins")]
    [InlineData("a\0b", "not text")]
    public void nonsense_is_refused_with_its_reason(string content, string reason)
    {
        var refused = Should.Throw<OutputException>(() => Read(content));

        refused.Message.ShouldContain(reason);
        refused.Transient.ShouldBeFalse();
    }

    [Fact]
    public void bytes_that_are_no_text_are_refused() =>
        Should.Throw<OutputException>(() => TranscriptReader.Read([0x49, 0x44, 0x33, 0xC3, 0x28])).Message.ShouldContain("UTF-8");

    [Fact]
    public void deep_nesting_is_refused() =>
        Should.Throw<OutputException>(() => Read(new string('[', 5000))).Message.ShouldContain("broken");

    private static Transcript Read(string content) => TranscriptReader.Read(Encoding.UTF8.GetBytes(content));
}
