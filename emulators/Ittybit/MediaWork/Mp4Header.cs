using System.Buffers.Binary;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>Reads duration, size and tracks of an MP4 or MOV (ISO 14496-12) from its boxes, without tools.</summary>
internal static class Mp4Header
{
    private const int BoxesAtMost = 100_000;
    private const int BytesReadOfABox = 96;

    public static Look Read(Stream stream)
    {
        var (brand, hasMovie, hasVideo, hasAudio) = ("", false, false, false);
        TimeSpan? duration = null;
        int? width = null, height = null;
        try
        {
            foreach (var (name, content) in Boxes(stream))
            {
                switch (name)
                {
                    case "ftyp":
                        brand = Text(content);
                        break;
                    case "moov":
                        hasMovie = true;
                        break;
                    case "mvhd":
                        duration = Duration(content);
                        break;
                    case "tkhd" when Size(content) is { Width: > 0, Height: > 0 } size: // a sound track has no size
                        (width, height) = size;
                        break;
                    case "hdlr":
                        hasVideo |= Text(content.AsSpan(8)) == "vide";
                        hasAudio |= Text(content.AsSpan(8)) == "soun";
                        break;
                }
            }
        }
        catch (InvalidDataException)
        {
            return new Look(null, "corrupt: the MP4 file ends too early or is damaged.");
        }

        if (!hasMovie)
            return new Look(null, "corrupt: the MP4 file has no moov box.");
        if (!hasVideo && !hasAudio)
            return new Look(null, "format_unsupported: the MP4 file has neither picture nor sound.");

        var kind = hasVideo ? "video" : "audio";
        var type = brand == "qt  " ? "video/quicktime" : $"{kind}/mp4";
        return new Look(new SourceMedia(kind, type, duration, width, height, hasAudio), null);
    }

    /// <summary>Every box of the file and of the movie down to the media of its tracks, with its first bytes.</summary>
    private static IEnumerable<(string Name, byte[] Content)> Boxes(Stream stream)
    {
        long at = 0;
        for (var boxes = 0; at + 8 <= stream.Length; boxes++)
        {
            var head = Bytes(stream, at, 16);
            var (size, content) = U32(head) switch
            {
                0 => (stream.Length - at, at + 8),
                1 => ((long)U64(head.AsSpan(8)), at + 16),
                var given => (given, at + 8),
            };
            if (size < content - at || size > stream.Length - at || boxes == BoxesAtMost)
                throw new InvalidDataException("A box is longer than the file, or there are too many.");

            yield return (Text(head.AsSpan(4)), Bytes(stream, content, at + size - content));
            at = Text(head.AsSpan(4)) is "moov" or "trak" or "mdia" ? content : at + size;
        }
    }

    /// <summary>Up to <paramref name="length"/> bytes, followed by zeros.</summary>
    private static byte[] Bytes(Stream stream, long from, long length)
    {
        var bytes = new byte[BytesReadOfABox];
        var count = (int)Math.Min(length, bytes.Length);
        stream.Position = from;
        stream.ReadAtLeast(bytes.AsSpan(0, count), count, throwOnEndOfStream: false);
        return bytes;
    }

    private static TimeSpan? Duration(byte[] header)
    {
        var (unitsPerSecond, units) = header[0] == 1
            ? (U32(header.AsSpan(20)), U64(header.AsSpan(24)))
            : (U32(header.AsSpan(12)), U32(header.AsSpan(16)));
        var seconds = units / (double)unitsPerSecond;
        return seconds > 0 && seconds < TimeSpan.FromDays(30).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>The size at which the track is shown, without the fractions of a pixel.</summary>
    private static (int Width, int Height) Size(byte[] header)
    {
        var at = header[0] == 1 ? 88 : 76;
        return ((int)(U32(header.AsSpan(at)) >> 16), (int)(U32(header.AsSpan(at + 4)) >> 16));
    }

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64BigEndian(bytes);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes[..4]);
}
