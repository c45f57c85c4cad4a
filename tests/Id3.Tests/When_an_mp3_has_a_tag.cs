namespace Podcast.Id3.Tests;

public sealed class When_an_mp3_has_a_tag
{
    private static readonly byte[] Padding = new byte[2_000];
    private static readonly Id3Frame Artist = Id3Frame.OfText("TPE1", "Anna");

    // A body beyond 127 bytes, whose size the two versions write differently, and flags that mean different things.
    private static readonly Id3Frame Comment = new("COMM", 0x0040, [.. Enumerable.Range(0, 300).Select(number => (byte)number)]);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task its_version_and_other_frames_are_kept(byte version)
    {
        byte[][] frames = [.. new[] { Id3Frame.OfText("TIT2", "raw_final_2"), Artist, Comment }.Select(frame => frame.Write(version))];
        var mp3 = Mp3.OldTag(version, 0, [.. frames, Padding]).Concat(Mp3.Audio).ToArray();

        var (kept, merged, audio) = Mp3.Read(await Mp3.Tagged(mp3, Mp3.Tag()));

        kept.ShouldBe(version);
        merged.Select(frame => (frame.Id, frame.Flags)).ShouldBe([("TIT2", 0), ("TALB", 0), ("TPE1", 0), ("COMM", 0x0040)]);
        merged[0].Body.ShouldBe(Id3Frame.OfText("TIT2", "Folge 12: Höhenluft").Body);
        merged[3].Body.ShouldBe(Comment.Body);
        audio.ShouldBe(Mp3.Audio);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task chapters_and_cover_are_replaced_only_by_others(bool others)
    {
        Id3Frame[] old = [new("CHAP", 0, [1]), new("CTOC", 0, [2]), new("APIC", 0, [3])];
        byte[][] frames = [.. old.Select(frame => frame.Write(3))];
        var tag = others ? Mp3.Tag("a") with { Cover = new("image/png", new byte[] { 9 }) } : Mp3.Tag();

        var (_, merged, _) = Mp3.Read(await Mp3.Tagged([.. Mp3.OldTag(3, 0, frames), .. Mp3.Audio], tag));

        merged.Skip(2).Select(frame => frame.Id).ShouldBe(others ? ["CTOC", "CHAP", "APIC"] : ["CHAP", "CTOC", "APIC"]);
        merged[^1].Body.ShouldBe(others ? [0, .. "image/png\0"u8, 3, 0, 9] : [3]);
    }

    [Fact]
    public async Task a_footer_belongs_to_it()
    {
        var tag = Mp3.OldTag(4, 0x10, Artist.Write(4));
        byte[] footer = [.. "3DI"u8, .. tag[3..10]];

        Mp3.Read(await Mp3.Tagged([.. tag, .. footer, .. Mp3.Audio], Mp3.Tag())).Behind.ShouldBe(Mp3.Audio);
    }

    [Fact]
    public async Task unsynchronisation_of_the_whole_is_undone()
    {
        var frame = new Id3Frame("PRIV", 0, [0xFF, 0xE0, 0xFF, 0x00, 1]).Write(3);
        byte[] stored = [.. frame[..10], 0xFF, 0x00, 0xE0, 0xFF, 0x00, 0x00, 1];

        var (_, merged, _) = Mp3.Read(await Mp3.Tagged([.. Mp3.OldTag(3, 0x80, stored), .. Mp3.Audio], Mp3.Tag()));

        merged[^1].Body.ShouldBe([0xFF, 0xE0, 0xFF, 0x00, 1]);
    }

    [Fact]
    public async Task unsynchronisation_of_frames_is_kept_and_said()
    {
        var stored = new Id3Frame("PRIV", 0, [0xFF, 0x00, 0xE0]).Write(4);

        var (_, merged, _) = Mp3.Read(await Mp3.Tagged([.. Mp3.OldTag(4, 0x80, stored), .. Mp3.Audio], Mp3.Tag()));

        merged[^1].Flags.ShouldBe((ushort)2);
        merged[^1].Body.ShouldBe([0xFF, 0x00, 0xE0]);
    }

    [Theory]
    [InlineData(3, new byte[] { 0, 0, 0, 6, 0, 0, 0, 0, 0, 0 })]
    [InlineData(4, new byte[] { 0, 0, 0, 6, 1, 0 })]
    public async Task an_extended_header_is_passed_over(byte version, byte[] extended)
    {
        var mp3 = Mp3.OldTag(version, 0x40, extended, Artist.Write(version)).Concat(Mp3.Audio).ToArray();

        Mp3.Read(await Mp3.Tagged(mp3, Mp3.Tag())).Frames[^1].Id.ShouldBe("TPE1");
    }

    [Fact]
    public async Task frames_of_version_2_are_not_taken_for_ours()
    {
        var mp3 = Mp3.OldTag(2, 0, [.. "TT2"u8, 0, 0, 4, 0, .. "Old"u8]).Concat(Mp3.Audio).ToArray();

        var (version, frames, audio) = Mp3.Read(await Mp3.Tagged(mp3, Mp3.Tag()));

        version.ShouldBe((byte)3);
        frames.Select(frame => frame.Id).ShouldBe(["TIT2", "TALB"]);
        audio.ShouldBe(Mp3.Audio);
    }

    [Fact]
    public async Task a_broken_frame_ends_the_reading_of_the_tag_alone()
    {
        byte[] broken = [.. "TXXX"u8, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 1];

        var (_, frames, audio) = Mp3.Read(await Mp3.Tagged([.. Mp3.OldTag(3, 0, Artist.Write(3), broken), .. Mp3.Audio], Mp3.Tag()));

        frames.Select(frame => frame.Id).ShouldBe(["TIT2", "TALB", "TPE1"]);
        audio.ShouldBe(Mp3.Audio);
    }

    [Fact]
    public Task an_end_within_it_is_an_error() =>
        Should.ThrowAsync<EndOfStreamException>(() => Mp3.Tagged(Mp3.OldTag(3, 0, Padding)[..500], Mp3.Tag()));

    [Fact]
    public Task a_size_beyond_memory_is_an_error() => Should.ThrowAsync<InvalidDataException>(
        () => Mp3.Tagged([.. new Id3Header(3, 0, TaggedMp3Stream.LargestTag).Write(), .. Mp3.Audio], Mp3.Tag()));
}
