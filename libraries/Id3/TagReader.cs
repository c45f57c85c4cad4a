namespace Podcast.Id3;

/// <summary>Reads the frames of a tag, without looking into them. What is broken ends the reading; the frames before it count.</summary>
internal static class TagReader
{
    private const ushort UnsynchronisedFrame = 0x0002; // of version 2.4

    /// <param name="body">What follows the header.</param>
    /// <returns>Nothing for version 2.2, whose frames have other names, and for unknown versions.</returns>
    public static List<Id3Frame> Frames(Id3Header header, byte[] body)
    {
        var frames = new List<Id3Frame>();
        if (header.Version is not (3 or 4))
            return frames;

        // Version 2.3 unsynchronises the tag as a whole, 2.4 each frame for itself.
        var isWhole = header is { Version: 3, IsUnsynchronised: true };
        var flags = header is { Version: 4, IsUnsynchronised: true } ? UnsynchronisedFrame : (ushort)0;
        ReadOnlySpan<byte> rest = isWhole ? Synchronise(body) : body;
        if (header.HasExtendedHeader)
            rest = rest[Math.Min(rest.Length, ExtendedHeaderBytes(header.Version, rest))..];

        while (rest.Length >= Id3Frame.HeaderBytes && IsId(rest[..4]))
        {
            var size = header.Version == 4 ? Synchsafe.Read(rest[4..]) : BinaryPrimitives.ReadInt32BigEndian(rest[4..]);
            if (size < 0 || size > rest.Length - Id3Frame.HeaderBytes)
                break;

            var own = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
            frames.Add(new(Encoding.ASCII.GetString(rest[..4]), (ushort)(own | flags), rest.Slice(Id3Frame.HeaderBytes, size).ToArray()));
            rest = rest[(Id3Frame.HeaderBytes + size)..];
        }

        return frames;
    }

    /// <summary>The size in version 2.3 does not count its own four bytes, in 2.4 it does.</summary>
    private static int ExtendedHeaderBytes(byte version, ReadOnlySpan<byte> rest) => rest.Length < 4 ? rest.Length
        : version == 4 ? Synchsafe.Read(rest)
        : (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(rest) + 4L);

    private static bool IsId(ReadOnlySpan<byte> id)
    {
        foreach (var character in id)
        {
            if (!char.IsAsciiLetterUpper((char)character) && !char.IsAsciiDigit((char)character))
                return false;
        }

        return true;
    }

    /// <summary>Removes the zero that was put behind each 0xFF.</summary>
    private static byte[] Synchronise(byte[] body) => [.. body.Where((value, at) => value != 0 || at == 0 || body[at - 1] != 0xFF)];
}
