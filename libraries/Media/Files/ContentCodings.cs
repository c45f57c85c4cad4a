using System.Buffers.Binary;
using System.IO.Compression;

namespace Podcast.Media;

/// <summary>
/// Decodes a <c>Content-Encoding</c> (RFC 9110, 8.4), though our requests accept none. The header can be wrong: content that is
/// readable without decoding, or cannot be decoded, stays unchanged, and gzip is recognized by its first bytes.
/// </summary>
internal static class ContentCodings
{
    /// <param name="codings">In the order in which they were applied.</param>
    /// <param name="maxBytes">Decoding stops soon after this many bytes.</param>
    /// <param name="isWhole">False: the content is only the beginning, and as much of it as possible is decoded.</param>
    /// <exception cref="EndOfStreamException">The content should be complete, but is truncated.</exception>
    public static byte[] Undo(byte[] content, IEnumerable<string> codings, int maxBytes, bool isWhole)
    {
        foreach (var coding in codings.Reverse().Append("gzip"))
        {
            if (Decoder(coding, content) is { } decoder && ContentSniffer.Sniff(content).Nature == ContentNature.Unknown)
                content = Decode(content, decoder, maxBytes, isWhole);
        }

        return content;
    }

    private static Func<Stream, Stream>? Decoder(string coding, byte[] content) => coding.ToLowerInvariant() switch
    {
        "br" => stream => new BrotliStream(stream, CompressionMode.Decompress),
        "deflate" when IsZlib(content) => stream => new ZLibStream(stream, CompressionMode.Decompress),
        "deflate" => stream => new DeflateStream(stream, CompressionMode.Decompress),
        _ when content is [0x1F, 0x8B, 0x08, ..] => stream => new GZipStream(stream, CompressionMode.Decompress),
        _ => null,
    };

    private static byte[] Decode(byte[] bytes, Func<Stream, Stream> decoder, int maxBytes, bool isWhole)
    {
        using var decoded = new MemoryStream();
        try
        {
            using var stream = decoder(new Source(bytes));
            var buffer = new byte[16 * 1024];
            while (decoded.Length <= maxBytes && stream.Read(buffer) is > 0 and var read)
                decoded.Write(buffer, 0, read);
        }
        catch (EndOfStreamException) when (!isWhole || EndsWithLength(bytes, decoded.Length))
        {
            // The content is only the beginning, or GZipStream looks for another gzip member after the last one.
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
        {
            if (isWhole || decoded.Length == 0)
                return bytes;
        }

        return decoded.ToArray();
    }

    private static bool IsZlib(byte[] content) =>
        content is [var method, var flags, ..] && (method & 0x0F) == 8 && ((method << 8) | flags) % 31 == 0;

    private static bool EndsWithLength(byte[] gzip, long length) =>
        gzip is [0x1F, 0x8B, _, _, _, _, _, _, ..] && BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(^4..)) == (uint)length;

    /// <summary>Throws at the end of the data, because a decoder would otherwise accept truncated data as complete.</summary>
    private sealed class Source(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new EndOfStreamException();
    }
}
