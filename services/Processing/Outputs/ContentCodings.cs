using System.Buffers.Binary;
using System.IO.Compression;

namespace Podcast.Processing.Outputs;

/// <summary>
/// Undoes a <c>Content-Encoding</c> (RFC 9110, 8.4), though we never ask for one. It is a hint: content that can be read without it, or
/// cannot be decoded by it, stays as it is, and gzip is known by its bytes.
/// </summary>
internal static class ContentCodings
{
    /// <param name="codings">In the order in which they were applied.</param>
    /// <param name="maxBytes">Decoding ends soon after this many bytes.</param>
    /// <param name="isWhole">False: only the beginning is there, and as much of it as possible is decoded.</param>
    /// <exception cref="EndOfStreamException">It should be whole, and its end is missing.</exception>
    public static byte[] Undo(byte[] content, IEnumerable<string> codings, int maxBytes, bool isWhole)
    {
        foreach (var coding in codings.Reverse())
        {
            content = coding.ToLowerInvariant() switch
            {
                "br" => Decode(content, stream => new BrotliStream(stream, CompressionMode.Decompress)),
                "deflate" when IsZlib(content) => Decode(content, stream => new ZLibStream(stream, CompressionMode.Decompress)),
                "deflate" => Decode(content, stream => new DeflateStream(stream, CompressionMode.Decompress)),
                _ => Gunzip(content),
            };
        }

        return Gunzip(content);

        byte[] Gunzip(byte[] bytes) => bytes is [0x1F, 0x8B, 0x08, ..]
            ? Decode(bytes, stream => new GZipStream(stream, CompressionMode.Decompress))
            : bytes;

        byte[] Decode(byte[] bytes, Func<Stream, Stream> decoder)
        {
            if (ContentSniffer.Sniff(bytes).Nature != ContentNature.Unknown)
                return bytes;

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
                // All that there is, or a decoder of gzip that looks for a second file after the first.
            }
            catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
            {
                if (isWhole || decoded.Length == 0)
                    return bytes;
            }

            return decoded.ToArray();
        }
    }

    private static bool IsZlib(byte[] content) =>
        content is [var method, var flags, ..] && (method & 0x0F) == 8 && ((method << 8) | flags) % 31 == 0;

    private static bool EndsWithLength(byte[] gzip, long length) =>
        gzip is [0x1F, 0x8B, _, _, _, _, _, _, ..] && BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(^4..)) == (uint)length;

    /// <summary>Tells a decoder that wants more than there is; by itself it would take what it has for the whole.</summary>
    private sealed class Source(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            return read > 0 ? read : throw new EndOfStreamException();
        }
    }
}
