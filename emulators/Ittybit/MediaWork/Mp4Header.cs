using System.Buffers.Binary;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Reads duration, dimensions and tracks of an MP4 or MOV (ISO 14496-12) from its header, without tools.</summary>
internal sealed class Mp4Header
{
    private const int BoxesAtMost = 100_000;

    private readonly Stream stream;
    private int boxes;

    private Mp4Header(Stream stream) => this.stream = stream;

    private TimeSpan Duration { get; set; }

    private int? Width { get; set; }

    private int? Height { get; set; }

    private bool HasVideo { get; set; }

    private bool HasAudio { get; set; }

    private bool HasMovie { get; set; }

    private string Brand { get; set; } = "";

    public static Look Read(Stream stream)
    {
        var header = new Mp4Header(stream);
        try
        {
            header.Boxes(0, stream.Length);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return new Look(null, "corrupt: the MP4 file ends too early or is damaged.");
        }

        if (!header.HasMovie)
            return new Look(null, "corrupt: the MP4 file has no moov box.");
        if (!header.HasVideo && !header.HasAudio)
            return new Look(null, "format_unsupported: the MP4 file has neither picture nor sound.");

        var kind = header.HasVideo ? "video" : "audio";
        var type = header.Brand == "qt  " ? "video/quicktime" : $"{kind}/mp4";
        TimeSpan? duration = header.Duration > TimeSpan.Zero ? header.Duration : null;
        return new Look(new SourceMedia(kind, type, duration, header.Width, header.Height, header.HasAudio), null);
    }

    private void Boxes(long from, long end)
    {
        while (from + 8 <= end)
        {
            if (++boxes > BoxesAtMost)
                throw new InvalidDataException("Too many boxes.");

            stream.Position = from;
            long size = Read32();
            var name = Text();
            var content = from + 8;
            if (size == 1)
            {
                size = (long)Read64();
                content += 8;
            }
            else if (size == 0)
            {
                size = end - from;
            }

            var next = from + size;
            if (size < content - from || next > end)
                throw new InvalidDataException("A box is longer than the file.");

            Box(name, content, next);
            from = next;
        }
    }

    private void Box(string name, long content, long end)
    {
        switch (name)
        {
            case "ftyp":
                Brand = Text();
                break;
            case "moov":
                HasMovie = true;
                Boxes(content, end);
                break;
            case "trak" or "mdia":
                Boxes(content, end);
                break;
            case "mvhd":
                MovieHeader(content);
                break;
            case "tkhd":
                TrackHeader(content, end);
                break;
            case "hdlr":
                stream.Position = content + 8;
                var handler = Text();
                HasVideo |= handler == "vide";
                HasAudio |= handler == "soun";
                break;
        }
    }

    private void MovieHeader(long content)
    {
        var isLong = Version(content) == 1;
        stream.Position = content + (isLong ? 20 : 12);
        var unitsPerSecond = Read32();
        var units = isLong ? Read64() : Read32();
        if (unitsPerSecond > 0 && units / (double)unitsPerSecond < TimeSpan.FromDays(30).TotalSeconds)
            Duration = TimeSpan.FromSeconds(units / (double)unitsPerSecond);
    }

    /// <summary>Reads width and height from the last two fields (16.16 fixed point); they are 0 in a sound track.</summary>
    private void TrackHeader(long content, long end)
    {
        stream.Position = Math.Max(content, end - 8);
        var width = (int)(Read32() >> 16);
        var height = (int)(Read32() >> 16);
        if (width > 0 && height > 0)
            (Width, Height) = (width, height);
    }

    private int Version(long content)
    {
        stream.Position = content;
        return stream.ReadByte();
    }

    private uint Read32()
    {
        Span<byte> bytes = stackalloc byte[4];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private ulong Read64()
    {
        Span<byte> bytes = stackalloc byte[8];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private string Text()
    {
        Span<byte> bytes = stackalloc byte[4];
        stream.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
