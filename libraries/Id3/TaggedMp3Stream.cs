namespace Podcast.Id3;

/// <summary>
/// An MP3 with a new tag, read forward only: the tag first, then the audio of the source, byte for byte. Its length is known before
/// the audio is read. Disposing it disposes the source.
/// </summary>
public sealed class TaggedMp3Stream : Stream
{
    /// <summary>The largest tag that is read for the frames to keep: 32 MiB.</summary>
    public const int LargestTag = 32 * 1024 * 1024;

    private readonly byte[] head; // the tag, and the first bytes of the audio if they were read in search of a tag
    private readonly Stream audio;
    private readonly long? length;
    private long position;

    private TaggedMp3Stream(byte[] head, Stream audio, long? length) => (this.head, this.audio, this.length) = (head, audio, length);

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;

    /// <summary>The bytes from the beginning of the tag to the end of the audio.</summary>
    /// <exception cref="NotSupportedException">The length of the source was unknown.</exception>
    public override long Length => length ?? throw new NotSupportedException("The length of the source is unknown.");

    public override long Position { get => position; set => throw new NotSupportedException(); }

    /// <summary>Reads the source's tag, and nothing of its audio but the first ten bytes.</summary>
    /// <param name="mp3">At its beginning; it need not be seekable.</param>
    /// <param name="bytes">The length of the source; null: as the stream says, if it is seekable.</param>
    /// <exception cref="EndOfStreamException">The source ends within its tag.</exception>
    /// <exception cref="InvalidDataException">The source's tag is larger than <see cref="LargestTag"/>.</exception>
    /// <exception cref="ArgumentException">The new tag does not fit into the format.</exception>
    public static async Task<TaggedMp3Stream> Open(Stream mp3, long? bytes, Id3Tag tag, CancellationToken cancellationToken)
    {
        bytes ??= mp3.CanSeek ? mp3.Length - mp3.Position : null;
        var start = new byte[Id3Header.Bytes];
        var read = await mp3.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        if (Id3Header.Read(start.AsSpan(0, read)) is not { } old)
        {
            var first = TagWriter.Write(3, tag, []);
            return new TaggedMp3Stream([.. first, .. start[..read]], mp3, bytes + first.Length);
        }

        if (old.TagBytes > LargestTag)
            throw new InvalidDataException($"The tag of the MP3 has {old.TagBytes} bytes; at most {LargestTag} are read.");
        var rest = new byte[old.BodyBytes + old.FooterBytes];
        await mp3.ReadExactlyAsync(rest, cancellationToken);
        var version = old.Version == 4 ? (byte)4 : (byte)3;
        var merged = TagWriter.Write(version, tag, TagReader.Frames(old, rest[..old.BodyBytes]));
        return new TaggedMp3Stream(merged, mp3, bytes - old.TagBytes + merged.Length);
    }

    public override int Read(Span<byte> buffer) => Advance(FromHead(buffer) is > 0 and var read ? read : audio.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Advance(FromHead(buffer.Span) is > 0 and var read ? read : await audio.ReadAsync(buffer, cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            audio.Dispose();
        base.Dispose(disposing);
    }

    private int FromHead(Span<byte> buffer)
    {
        if (position >= head.Length)
            return 0;
        var part = head.AsSpan((int)position);
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        return part.Length;
    }

    private int Advance(int read)
    {
        position += read;
        return read;
    }
}
