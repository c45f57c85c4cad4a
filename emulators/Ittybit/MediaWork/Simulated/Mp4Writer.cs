using System.Buffers.Binary;

namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>Writes H.264 frames into an MP4 (ISO 14496-12, 14496-15): one video track, one chunk, index first.</summary>
internal static class Mp4Writer
{
    private const uint UnitsPerSecond = 90_000;

    public static byte[] Write(GreyPicture picture, IReadOnlyList<byte[]> frames, double seconds, bool isQuickTime)
    {
        var brand = isQuickTime ? "qt  " : "isom";
        var start = Box("ftyp", Text(brand), U32(512), Text(brand), Text("avc1"), Text("mp41"));
        var units = (uint)Math.Round(seconds * UnitsPerSecond);
        var content = Box("mdat", [.. frames.SelectMany(frame => (byte[][])[U32((uint)frame.Length), frame])]);

        var length = Movie(picture, frames, units, offset: 0).Length; // the chunk offset depends on the length of the index
        return [.. start, .. Movie(picture, frames, units, offset: (uint)(start.Length + length + 8)), .. content];
    }

    private static byte[] Movie(GreyPicture picture, IReadOnlyList<byte[]> frames, uint units, uint offset) => Box(
        "moov",
        Box("mvhd", U32(0, 0, 0, UnitsPerSecond, units, 0x00010000), U16(0x0100, 0), U32(0, 0), Matrix, U32(0, 0, 0, 0, 0, 0), U32(2)),
        Box(
            "trak",
            Box("tkhd", U32(3, 0, 0, 1, 0, units, 0, 0), U16(0, 0, 0, 0), Matrix, U32((uint)picture.Width << 16, (uint)picture.Height << 16)),
            Box(
                "mdia",
                Box("mdhd", U32(0, 0, 0, UnitsPerSecond, units), U16(0x55C4, 0)), // language: und
                Box("hdlr", U32(0, 0), Text("vide"), U32(0, 0, 0), Text("Video"), [0]),
                Box(
                    "minf",
                    Box("vmhd", U32(1, 0, 0)),
                    Box("dinf", Box("dref", U32(0, 1), Box("url ", U32(1)))),
                    SampleTable(picture, frames, units, offset)))));

    private static byte[] SampleTable(GreyPicture picture, IReadOnlyList<byte[]> frames, uint units, uint offset)
    {
        var count = (uint)frames.Count;
        var each = units / count;
        return Box(
            "stbl",
            Box("stsd", U32(0, 1), SampleEntry(picture)),
            Box("stts", U32(0, 2, count - 1, each, 1, units - (each * (count - 1)))), // the last frame gets the rounding difference
            Box("stss", U32(0, 1, 1)),
            Box("stsc", U32(0, 1, 1, count, 1)),
            Box("stsz", U32(0, 0, count), U32([.. frames.Select(frame => (uint)frame.Length + 4)])),
            Box("stco", U32(0, 1, offset)));
    }

    private static byte[] SampleEntry(GreyPicture picture)
    {
        var sequence = picture.SequenceParameters();
        var parameters = GreyPicture.PictureParameters();
        return Box(
            "avc1",
            U16(0, 0, 0, 1), U32(0, 0, 0, 0), U16((ushort)picture.Width, (ushort)picture.Height),
            U32(0x00480000, 0x00480000, 0), U16(1), new byte[32], U16(24, 0xFFFF),
            Box(
                "avcC",
                [1, sequence[1], sequence[2], sequence[3], 0xFF, 0xE1], U16((ushort)sequence.Length), sequence,
                [1], U16((ushort)parameters.Length), parameters));
    }

    private static byte[] Matrix => U32(0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000);

    private static byte[] Box(string name, params byte[][] parts) =>
        [.. U32((uint)(8 + parts.Sum(part => part.Length))), .. Text(name), .. parts.SelectMany(part => part)];

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] U32(params uint[] numbers)
    {
        var bytes = new byte[numbers.Length * 4];
        for (var index = 0; index < numbers.Length; index++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(index * 4), numbers[index]);
        return bytes;
    }

    private static byte[] U16(params ushort[] numbers)
    {
        var bytes = new byte[numbers.Length * 2];
        for (var index = 0; index < numbers.Length; index++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(index * 2), numbers[index]);
        return bytes;
    }
}
