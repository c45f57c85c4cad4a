using System.Text;
using Podcast.Contracts;

namespace Podcast.Media.Tests;

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
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000\nHello there.")]
    public void whatever_is_around_them_the_words_are_found(string content) => Read(content).Text.ShouldBe("Hello there.");

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
    [InlineData("""[{"end":1,"text":"a"}]""", "start")]
    [InlineData("""[{"start":0,"end":"soon","text":"a"}]""", "end")]
    [InlineData("""[{"start":-1,"end":1,"text":"a"}]""", "before the beginning")]
    [InlineData("""[{"start":3,"end":1,"text":"a"}]""", "an end before its start")]
    [InlineData("""{"text":["a b c"],"timeline":[{"start":0,"end":9,"text":"a"},{"start":604801,"end":604802,"text":"b"},{"start":604803,"end":604804,"text":"c"}]}""", "beyond a week")]
    [InlineData("""[{"start":"NaN","end":1,"text":"a"}]""", "before the beginning")]
    [InlineData("WEBVTT", "empty")]
    [InlineData("WEBVTT\n\n00:01.000 --> soon\nHello", "times")]
    [InlineData("1\n00:00:01,000 --> 00:00:00,500\nHello", "an end before its start")]
    [InlineData("a\0b", "not UTF-8 text")]
    public void nonsense_is_refused_with_its_reason(string content, string reason)
    {
        var refused = Should.Throw<OutputException>(() => Read(content));

        refused.Message.ShouldContain(reason);
        refused.Transient.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"end":1,"text":"b"}""", "no \"start\" and \"end\" in seconds")]
    [InlineData("""{"start":0,"end":"soon","text":"b"}""", "no \"start\" and \"end\" in seconds")]
    [InlineData("""{"start":-1,"end":1,"text":"b"}""", "a time before the beginning")]
    [InlineData("""{"start":3,"end":1,"text":"b"}""", "an end before its start")]
    [InlineData("""{"start":1e300,"end":1e300,"text":"b"}""", "a time beyond a week")]
    public void one_odd_line_costs_that_line_and_says_so(string odd, string reason)
    {
        var transcript = Read($$"""{"text":["a b"],"timeline":[{"start":0,"end":1,"text":"a"},{{odd}}]}""");

        (transcript.Text, transcript.Lines.Count, transcript.Note).ShouldBe(("a b", 1, $"Left out 1 of 2 lines: {reason}."));
    }

    [Theory]
    [InlineData("""{"text":["a\ud800b"]}""", "a\uFFFDb")]
    [InlineData("""{"text":["a\\ud800\ud83d\ude42"]}""", "a\\ud800🙂")]
    public void half_a_character_costs_itself(string json, string words) => Read(json).Text.ShouldBe(words);

    [Fact]
    public void bytes_that_are_no_text_are_refused() =>
        Should.Throw<OutputException>(() => TranscriptReader.Read([0x01, 0x44, 0x33, 0xC3, 0x28])).Message.ShouldContain("UTF-8");

    [Fact]
    public void deep_nesting_is_refused() =>
        Should.Throw<OutputException>(() => Read(new string('[', 5000))).Message.ShouldContain("broken");

    private static Transcript Read(string content) => TranscriptReader.Read(Encoding.UTF8.GetBytes(content));
}
