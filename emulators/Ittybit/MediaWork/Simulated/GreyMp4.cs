using System.Buffers.Binary;

namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>
/// Makes an MP4 of any length and size of a clip with one grey H.264 frame: the frame lasts for the whole length, and the track
/// header says the size at which players show it. The frame itself stays 1920x1080.
/// </summary>
internal static class GreyMp4
{
    // ffmpeg -f lavfi -i color=gray:s=1920x1080:r=1 -vf setsar=0 -frames:v 1 -c:v libx264 -profile:v main -pix_fmt yuv420p \
    //   -bsf:v filter_units=remove_types=6 -fflags +bitexact -map_metadata -1 -video_track_timescale 1000 -use_editlist 0 \
    //   -movflags +faststart grey.mp4
    private static readonly byte[] Clip = ReadClip();

    public static byte[] Write(int width, int height, TimeSpan length, bool isQuickTime)
    {
        var file = Clip.ToArray();
        var milliseconds = (uint)Math.Max(1, Math.Round(length.TotalMilliseconds)); // the clip counts time in milliseconds
        Patch("mvhd", 16, milliseconds);
        Patch("mdhd", 16, milliseconds);
        Patch("stts", 12, milliseconds);
        Patch("tkhd", 20, milliseconds);
        Patch("tkhd", 76, (uint)width << 16);
        Patch("tkhd", 80, (uint)height << 16);
        if (isQuickTime)
            "qt  "u8.CopyTo(file.AsSpan(8));
        return file;

        void Patch(string box, int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(
            file.AsSpan(file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(box)) + 4 + offset), value);
    }

    /// <summary>A box that players skip (ISO/IEC 14496-12, 8.1.2), full of bytes of the generator.</summary>
    /// <param name="bytes">The length of the box, at least 8.</param>
    public static byte[] FreeSpace(int bytes, Random fillers)
    {
        var box = new byte[bytes];
        fillers.NextBytes(box);
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)bytes);
        "free"u8.CopyTo(box.AsSpan(4));
        return box;
    }

    private static byte[] ReadClip()
    {
        using var resource = typeof(GreyMp4).Assembly.GetManifestResourceStream("grey.mp4")!;
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return memory.ToArray();
    }
}
