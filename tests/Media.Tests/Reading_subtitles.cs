using System.Text;

namespace Podcast.Media.Tests;

/// <summary>WebVTT as the W3C's algorithm has it, SRT as players have it. One line each: <c>start-end speaker: words</c>.</summary>
public sealed class Reading_subtitles
{
    private const string One = "00:00.000 --> 00:01.000\n";
    private const string Two = "00:01.000 --> 00:02.000\n";
    private const string Unreadable = "times that cannot be read";

    [Theory]
    [InlineData("Kind: captions\n" + One + "a", "0-1 a")] // times end the header
    [InlineData("\nNOTES-1\n" + One + "a", "0-1 a")]
    [InlineData("\nSTYLES\n" + One + "a", "0-1 a")]
    [InlineData("\nNOTE\n" + One + "a", "0-1 a")] // by its times it is no comment
    [InlineData("\nNOTE\nnot this\n\n" + One + "a", "0-1 a")]
    [InlineData("\n" + One + "a\n" + Two + "b", "0-1 a|1-2 b")]
    [InlineData("\n" + One + "a\nsecond\n" + Two + "b", "0-1 a second|1-2 b")]
    [InlineData("\n" + One + "a\n   \n" + Two + "b", "0-1 a|1-2 b")]
    [InlineData("\n" + One + "a\n   \nb", "0-1 a b")] // a row of blanks is not empty
    [InlineData("\n" + One + "a\n\nlost", "0-1 a", "text without times")]
    [InlineData("\n\t" + "00:00.000\f-->00:01.000 line:0\na", "0-1 a")]
    [InlineData("\r\r" + "00:00.000 --> 00:01.000\ra\r\n\r\n" + Two + "b", "0-1 a|1-2 b")]
    [InlineData("\n00:59:59.999 --> 1:00:00.000\na", "3599.999-3600 a")]
    [InlineData("\n00:00,000 --> 00:01,000\na\n\n" + Two + "b", "1-2 b", Unreadable)]
    [InlineData("\n00:00.00 --> 00:01.000\na\n\n" + Two + "b", "1-2 b", Unreadable)]
    [InlineData("\n00:60.000 --> 00:01.000\na\n\n" + Two + "b", "1-2 b", Unreadable)]
    [InlineData("\n-00:01.000 --> 00:01.000\na\n\n" + Two + "b", "1-2 b", Unreadable)]
    [InlineData("\n٠٠:٠٠.٠٠٠ --> 00:01.000\na\n\n" + Two + "b", "1-2 b", Unreadable)]
    [InlineData("\n00:09.000 --> 00:01.000\na\n\n" + Two + "b", "1-2 b", "an end before its start")]
    [InlineData("\n9999999:00:00.000 --> 9999999:00:01.000\na\n\n" + Two + "b", "1-2 b", "a time beyond a week")]
    [InlineData("\n00:01.000 --> 00:01.000\na", "1-1 a")]
    [InlineData("\n" + One + "a\0b", "0-1 a\uFFFDb")]
    public void WebVTT_is_read_by_the_W3Cs_algorithm(string rest, string lines, string? left = null) =>
        Read("WEBVTT\n" + rest).ShouldBe((lines, left));

    [Theory]
    [InlineData("<v Ann>Hi.</v>\n<v Bob>Hello.</v>", "0-1 Ann: Hi.|0-1 Bob: Hello.")]
    [InlineData("<v Ann>Hi.\n<v Bob>Hello.", "0-1 Ann: Hi.|0-1 Bob: Hello.")]
    [InlineData("<v.loud.first Ann  >Hi.</v> Hello.", "0-1 Ann: Hi.|0-1 Hello.")]
    [InlineData("<v Ann>Hi, <i>you</i>.</v> <v Ann>Again.", "0-1 Ann: Hi, you. Again.")]
    [InlineData("<v Ann>Hi, <i>you</v>.", "0-1 Ann: Hi, you.")] // only the innermost span ends
    [InlineData("<v A &amp; B>Hi.", "0-1 A & B: Hi.")]
    [InlineData("<v>Hi.", "0-1 Hi.")]
    [InlineData("a<c.d e>b</c>c<00:00:00.500>d", "0-1 abcd")]
    [InlineData("<ruby>kan<rt>ji</rt></ruby>", "0-1 kanji")]
    [InlineData("<unknown>a</unknown>b</>c", "0-1 abc")]
    [InlineData("a <b", "0-1 a")]
    [InlineData("&lt;b&gt; &amp;amp; AT&T &AMP; &amp &#x20AC;&nbsp;.", "0-1 <b> &amp; AT&T & & €\u00A0.")]
    [InlineData("a{\\an8}", "0-1 a{\\an8}")]
    public void WebVTTs_payload_is_read_by_the_W3Cs_rules(string payload, string lines) =>
        Read("WEBVTT\n\n" + One + payload).ShouldBe((lines, null));

    [Theory]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n2\n00:00:01,000 --> 00:00:02,000\nb\n", "0-1 a|1-2 b")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n \n2\n00:00:01,000 --> 00:00:02,000\nb\n", "0-1 a|1-2 b")]
    [InlineData("1\n\n00:00:00,000 --> 00:00:01,000\n\na\n\nstill a\n\n\n2\n\n00:00:01,000 --> 00:00:02,000\nb", "0-1 a still a|1-2 b")]
    [InlineData("00:00,000 --> 00:01,000\na\n00:01,000 --> 00:02,000\nb", "0-1 a|1-2 b")]
    [InlineData("00:00:00 --> 00:00:01\na\n\n00:00:01 --> 00:00:02\nb", "0-1 a|1-2 b")]
    [InlineData("00:00:00.000 --> 00:00:01.000\na", "0-1 a")]
    [InlineData("00:00:00,000-->0:0:1,5\na", "0-1.5 a")]
    [InlineData("1\r00:00:00,000 --> 00:00:01,000\ra\r\r2\r00:00:01,000 --> 00:00:02,000\rb", "0-1 a|1-2 b")]
    [InlineData("1\r\n00:00:00,000 --> 00:00:01,000 X1:10 X2:20 Y1:1 Y2:2\r\na\r\n", "0-1 a")]
    [InlineData("\n\n1\n00:00:00,000 --> 00:00:01,000\na", "0-1 a")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\n1984\n\n2\n00:00:01,000 --> 00:00:02,000\n42", "0-1 1984|1-2 42")]
    [InlineData("00:00:00,000 --> 00:00:01,000\n1984\n00:00:01,000 --> 00:00:02,000\n42", "0-1 1984|1-2 42")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\n\n2\n00:00:01,000 --> 00:00:02,000\nb", "1-2 b")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\nfrom A --> B\n", "0-1 from A --> B")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n\n2\n-00:00:01,000 --> 00:00:02,000\nb\n\n3\n00:00:02,000 --> 00:00:03,000\nc", "0-1 a|2-3 c", Unreadable)]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n\n2\nnow --> soon\nb\n\n3\n00:00:02,000 --> 00:00:03,000\nc", "0-1 a|2-3 c", Unreadable)]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n\n2\n00:00:09,000 --> 00:00:02,000\nb", "0-1 a", "an end before its start")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n\n\uFEFF1\n00:00:01,000 --> 00:00:02,000\nb", "0-1 a|1-2 b")]
    public void SRT_is_read_as_players_read_it(string srt, string lines, string? left = null) => Read(srt).ShouldBe((lines, left));

    [Theory]
    [InlineData("x < 5 and y > 3, <3, a <none> and a<b>c", "0-1 x < 5 and y > 3, <3, a <none> and ac")]
    [InlineData("<i>a</i> <FONT color=\"#fff\">b</FONT><br>c", "0-1 a b c")]
    [InlineData("{\\an8}{i}a{/i} {b", "0-1 a {b")]
    [InlineData("AT&T &lt;none&gt; &quot;a&quot;", "0-1 AT&T <none> \"a\"")]
    [InlineData("<v Ann>Hi.</v>\n<v Bob>Hello.", "0-1 Ann: Hi.|0-1 Bob: Hello.")]
    public void SRTs_payload_loses_only_tags_that_players_know(string payload, string lines) =>
        Read("1\n00:00:00,000 --> 00:00:01,000\n" + payload).ShouldBe((lines, null));

    [Theory]
    [InlineData("WEBVTT\n\n" + One + "a")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na")]
    public void two_byte_order_marks_are_none_too_many(string content) => Read("\uFEFF\uFEFF" + content).ShouldBe(("0-1 a", null));

    [Fact]
    public void UTF16_with_its_mark_is_read() =>
        Lines(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("1\r\n00:00:00,000 --> 00:00:01,000\r\ncafé")).ToArray())
            .ShouldBe(("0-1 café", null));

    [Fact]
    public void SRT_that_is_not_UTF8_is_Windows_1252_and_says_so() =>
        Lines(Encoding.Latin1.GetBytes("1\n00:00:00,000 --> 00:00:01,000\ncafé"))
            .ShouldBe(("0-1 café", "It is not UTF-8 and was read as Windows-1252."));

    [Fact]
    public void bytes_of_WebVTT_that_are_not_UTF8_cost_themselves() =>
        Lines(Encoding.Latin1.GetBytes("WEBVTT\n\n" + One + "café")).ShouldBe(("0-1 caf\uFFFD", "Bytes that are not UTF-8 were replaced."));

    [Theory]
    [InlineData("<!DOCTYPE html><p>log in", "a web page")]
    [InlineData("<!-- cache --><HTML>", "a web page")]
    [InlineData("\uFEFF<?xml version='1.0'?>\n<Error><Code>ExpiredToken</Code></Error>", "an error in XML (ExpiredToken)")]
    [InlineData("<ListBucketResult/>", "XML (<ListBucketResult>)")]
    [InlineData("<?xml version=\"1.0\"?><tt xmlns=\"http://www.w3.org/ns/ttml\"><body/></tt>", "TTML")]
    [InlineData("<tt:tt/>", "TTML")]
    [InlineData("""{"error":{"message":"expired"}}""", "an error in JSON")]
    [InlineData("[Script Info]\nTitle: a", "SubStation Alpha subtitles")]
    [InlineData("Not found", "plain text")]
    [InlineData("WEBVTTX\n\n" + One + "a", "plain text")]
    [InlineData("webvtt\n\n" + One + "a", "plain text")]
    [InlineData("0:00:00.000,0:00:01.000\na", "plain text")]
    [InlineData("<v Ann>Hello", "XML (<v>)")]
    [InlineData("ID3\u0003", "an MP3")]
    [InlineData("\0\0\0\u0018ftypisom", "an MP4")]
    [InlineData("a\0b", "not UTF-8 text")]
    public void what_is_neither_is_refused_by_name(string content, string name) =>
        Should.Throw<OutputException>(() => Read(content)).Message.ShouldContain(name);

    private static (string Lines, string? Left) Read(string content)
    {
        var (lines, note) = Lines(Encoding.UTF8.GetBytes(content));
        return (lines, note?[(note.IndexOf(": ", StringComparison.Ordinal) + 2)..^1]);
    }

    private static (string Lines, string? Note) Lines(byte[] content)
    {
        var transcript = TranscriptReader.Read(content);
        return (string.Join('|', transcript.Lines.Select(line => FormattableString.Invariant(
            $"{line.Start}-{line.End} {(line.Speaker is null ? "" : line.Speaker + ": ")}{line.Text}"))), transcript.Note);
    }
}
