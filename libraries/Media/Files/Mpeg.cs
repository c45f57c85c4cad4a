namespace Podcast.Media;

/// <summary>Headers of MPEG audio frames (ISO/IEC 11172-3 and 13818-3).</summary>
internal static class Mpeg
{
    private static readonly int[] Bitrates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Bitrates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Rates1 = [44100, 48000, 32000];

    /// <summary>True if a layer III frame begins here, or two in a row behind padding or a cut frame.</summary>
    public static bool IsMp3(ReadOnlySpan<byte> content)
    {
        for (var at = 0; at < content.Length; at++)
        {
            var rest = content[at..];
            if (IsFrame(rest) && (at == 0 || (FrameBytes(rest) is > 0 and var length && length < rest.Length && IsFrame(rest[length..]))))
                return true;
        }

        return false;
    }

    /// <summary>Checks eleven sync bits, the version, layer III, and valid indexes of bit rate and sampling rate.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> header) =>
        header is [0xFF, _, _, ..]
        && (header[1] & 0xE6) == 0xE2
        && (header[1] & 0x18) != 0x08
        && (header[2] & 0xF0) != 0xF0
        && (header[2] & 0x0C) != 0x0C;

    private static int FrameBytes(ReadOnlySpan<byte> header)
    {
        var version = (header[1] >> 3) & 3; // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
        var bitrate = (version == 3 ? Bitrates1 : Bitrates2)[header[2] >> 4] * 1000;
        var rate = Rates1[(header[2] >> 2) & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        return ((version == 3 ? 144 : 72) * bitrate / rate) + ((header[2] >> 1) & 1);
    }
}
