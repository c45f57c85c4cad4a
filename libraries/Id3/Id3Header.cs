namespace Podcast.Id3;

/// <summary>The first ten bytes of a tag (id3v2.4.0-structure, 3.1; the same in 2.3).</summary>
/// <param name="Version">3 for ID3v2.3, 4 for ID3v2.4.</param>
/// <param name="BodyBytes">What follows the header, without the footer.</param>
internal sealed record Id3Header(byte Version, byte Flags, int BodyBytes)
{
    public const int Bytes = 10;
    public const int LargestBody = (1 << 28) - 1;

    public bool IsUnsynchronised => (Flags & 0x80) != 0;
    public bool HasExtendedHeader => (Flags & 0x40) != 0;
    public int FooterBytes => Version == 4 && (Flags & 0x10) != 0 ? Bytes : 0;
    public int TagBytes => Bytes + BodyBytes + FooterBytes;

    /// <summary>Null if no tag begins here.</summary>
    public static Id3Header? Read(ReadOnlySpan<byte> start) =>
        start is [(byte)'I', (byte)'D', (byte)'3', < 0xFF and var version, < 0xFF, var flags, < 0x80, < 0x80, < 0x80, < 0x80, ..]
            ? new(version, flags, Synchsafe.Read(start[6..]))
            : null;

    public byte[] Write()
    {
        byte[] header = [.. "ID3"u8, Version, 0, Flags, 0, 0, 0, 0];
        Synchsafe.Write(header.AsSpan(6), BodyBytes);
        return header;
    }
}

/// <summary>Numbers of four bytes with seven bits each, so that none looks like the beginning of an audio frame.</summary>
internal static class Synchsafe
{
    public static int Read(ReadOnlySpan<byte> bytes) => (bytes[0] << 21) | (bytes[1] << 14) | (bytes[2] << 7) | bytes[3];

    public static void Write(Span<byte> bytes, int number)
    {
        for (var at = 0; at < 4; at++)
            bytes[at] = (byte)((number >> (21 - (7 * at))) & 0x7F);
    }
}
