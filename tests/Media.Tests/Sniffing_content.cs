using System.Text;

namespace Podcast.Media.Tests;

public sealed class Sniffing_content
{
    private const string Frame = "\u00FF\u00FB\u0014\u00C0"; // MPEG-1, layer III, 32 kb/s at 48 kHz: 96 bytes

    [Theory]
    [InlineData("ID3\u0004\0\0", nameof(ContentNature.Audio))]
    [InlineData(Frame, nameof(ContentNature.Audio))]
    [InlineData("\u00FF\u00F3\u0014\u00C0", nameof(ContentNature.Audio))] // MPEG-2
    [InlineData("RIFF\u0024\0\0\0WAVEfmt ", nameof(ContentNature.Audio))]
    [InlineData("\0\0\0\u0020ftypisom", nameof(ContentNature.AudioOrVideo))]
    [InlineData("\0\0\0\u0020ftypM4A ", nameof(ContentNature.Audio))]
    [InlineData("\0\0\0\u0008wide", nameof(ContentNature.AudioOrVideo))]
    [InlineData("\u001A\u0045\u00DF\u00A3", nameof(ContentNature.AudioOrVideo))]
    [InlineData("\0\0\0\u0020ftypavif", nameof(ContentNature.Image))]
    [InlineData("\u0089PNG\r\n", nameof(ContentNature.Image))]
    [InlineData("%PDF-1.7", nameof(ContentNature.Other))]
    [InlineData("<html>", nameof(ContentNature.Page))]
    [InlineData("{\"error\":1}", nameof(ContentNature.Text))]
    [InlineData("Moved", nameof(ContentNature.Text))]
    [InlineData("", nameof(ContentNature.Empty))]
    [InlineData("\u00FF\u00FE\0\0\u0001\u0002", nameof(ContentNature.Unknown))]
    [InlineData("\u0001\u0002\u0003\u0004", nameof(ContentNature.Unknown))]
    public void its_first_bytes_tell_what_it_is(string bytes, string nature) =>
        ContentSniffer.Sniff(Encoding.Latin1.GetBytes(bytes)).Nature.ToString().ShouldBe(nature);

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void an_MP3_begins_also_after_padding_and_the_end_of_a_cut_frame(int padding)
    {
        var frame = Frame.PadRight(96, '\0');

        ContentSniffer.Sniff(Encoding.Latin1.GetBytes(new string('\0', padding) + "\u0001\u0002" + frame + frame)).Name.ShouldBe("an MP3");
        ContentSniffer.Sniff(Encoding.Latin1.GetBytes("\u0001\u0002" + frame)).Nature.ShouldBe(ContentNature.Unknown);
    }

    [Fact]
    public void a_text_that_is_cut_within_a_character_is_text() =>
        ContentSniffer.Sniff([.. "caf"u8, 0xC3]).Nature.ShouldBe(ContentNature.Text);

    [Theory]
    [InlineData("", "<!-- -->")]
    [InlineData("<!doctype", " ")]
    [InlineData("a", " ")]
    [InlineData("1", "\n")]
    [InlineData("", "\n")]
    public void the_same_a_hundred_thousand_times_is_no_riddle(string start, string again) =>
        ContentSniffer.Sniff(Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(again, 100_000)) + "x")).Form.ShouldBeNull();
}
