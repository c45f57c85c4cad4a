namespace Podcast.Id3.Tests;

public sealed class When_an_mp3_has_no_tag
{
    [Fact]
    public async Task the_tag_comes_first_and_the_audio_unchanged()
    {
        var (version, frames, audio) = Mp3.Read(await Mp3.Tagged(Mp3.Audio, Mp3.Tag("Anfang", "Gäste")));

        version.ShouldBe((byte)3);
        frames.Select(frame => frame.Id).ShouldBe(["TIT2", "TALB", "CTOC", "CHAP", "CHAP"]);
        audio.ShouldBe(Mp3.Audio);
    }

    [Fact]
    public async Task a_chapter_has_its_times_and_title()
    {
        var (_, frames, _) = Mp3.Read(await Mp3.Tagged(Mp3.Audio, Mp3.Tag("Anfang", "Gäste")));

        frames[2].Body.ShouldBe([.. "toc\0"u8, 3, 2, .. "chp0\0chp1\0"u8]);
        frames[4].Body.ShouldBe(
        [
            .. "chp1\0"u8, 0, 0, 0x27, 0x10, 0, 0, 0x4E, 0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            .. "TIT2"u8, 0, 0, 0, 13, 0, 0, 1, 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Gäste"),
        ]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task a_file_shorter_than_a_header_passes(int bytes) =>
        Mp3.Read(await Mp3.Tagged(Mp3.Audio[..bytes], Mp3.Tag())).Behind.ShouldBe(Mp3.Audio[..bytes]);

    [Fact]
    public async Task nothing_of_the_audio_is_read_before_it_is_asked_for()
    {
        var source = new Mp3.ForwardOnly(Mp3.Audio);
        await using var tagged = await TaggedMp3Stream.Open(source, Mp3.Audio.Length, Mp3.Tag("a", "b"), default);

        source.Position.ShouldBe(Id3Header.Bytes);
        await tagged.ReadExactlyAsync(new byte[tagged.Length - 1_000]);
        source.Position.ShouldBe(Mp3.Audio.Length - 1_000);
    }

    [Fact]
    public async Task an_unknown_length_is_said_to_be_unknown()
    {
        await using var tagged = await TaggedMp3Stream.Open(new Mp3.ForwardOnly(Mp3.Audio), null, Mp3.Tag(), default);

        Should.Throw<NotSupportedException>(() => tagged.Length);
    }

    [Fact]
    public async Task more_chapters_than_the_format_allows_are_refused()
    {
        var tag = Mp3.Tag([.. Enumerable.Range(0, 256).Select(number => $"{number}")]);

        (await Should.ThrowAsync<ArgumentException>(() => Mp3.Tagged(Mp3.Audio, tag))).Message.ShouldStartWith("There are 256 chapters");
    }
}
