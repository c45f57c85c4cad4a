namespace Podcast.Id3;

/// <summary>A frame of ID3v2.3 or 2.4 (id3v2.4.0-structure, 4).</summary>
/// <param name="Id">Four capitals or digits, such as <c>TIT2</c>.</param>
/// <param name="Flags">Their meanings differ between the versions.</param>
/// <param name="Body">As stored: compressed, encrypted or unsynchronised if the flags say so.</param>
internal sealed record Id3Frame(string Id, ushort Flags, byte[] Body)
{
    public const int HeaderBytes = 10;

    /// <summary>A frame of text: UTF-16 with a byte order mark, the only Unicode of version 2.3.</summary>
    public static Id3Frame OfText(string id, string text) => new(id, 0, [1, .. Utf16(text)]);

    public static byte[] Utf16(string text) => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)];

    public byte[] Write(byte version)
    {
        byte[] frame = [.. Encoding.ASCII.GetBytes(Id), 0, 0, 0, 0, (byte)(Flags >> 8), (byte)Flags, .. Body];
        if (version == 4)
            Synchsafe.Write(frame.AsSpan(4), Body.Length);
        else
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), Body.Length);
        return frame;
    }
}
