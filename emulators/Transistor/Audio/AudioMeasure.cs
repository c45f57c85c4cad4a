using System.Buffers;

namespace Podcast.Emulators.Transistor;

/// <summary>What is kept of received bytes.</summary>
/// <param name="Sha256">In lower-case hex.</param>
/// <param name="UntaggedSha256">The same without the ID3v2 tag at the beginning; if there is none, equal to <see cref="Sha256"/>.</param>
internal sealed record AudioMeasure(string Sha256, long Length, string? UntaggedSha256 = null)
{
    private const int TagHeader = 10;

    /// <summary>Reads a body to its end with one buffer of memory; null if it is longer than <paramref name="limit"/>.</summary>
    public static async Task<AudioMeasure?> Of(Stream body, long limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var untagged = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var memory = MemoryPool<byte>.Shared.Rent(64 * 1024);
        long total = 0, tag = 0;
        int read;
        do
        {
            // The first read has the whole header of the tag, if the body is so long.
            read = await body.ReadAtLeastAsync(memory.Memory, total == 0 ? TagHeader : 1, throwOnEndOfStream: false, cancellationToken);
            var bytes = memory.Memory.Span[..read];
            tag = total == 0 ? TagLength(bytes) : tag;
            hash.AppendData(bytes);
            untagged.AppendData(bytes[(int)Math.Clamp(tag - total, 0, read)..]);
            if ((total += read) > limit)
                return null;
        }
        while (read > 0);

        return new AudioMeasure(Hex(hash), total, Hex(untagged));
    }

    /// <summary>The length of the ID3v2 tag with its header (id3.org/id3v2.4.0-structure, 3.1); 0 if there is none.</summary>
    private static long TagLength(ReadOnlySpan<byte> start) =>
        start.StartsWith("ID3"u8) && start is [_, _, _, _, _, _, var a, var b, var c, var d, ..]
            ? TagHeader + ((a << 21) | (b << 14) | (c << 7) | d)
            : 0;

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash());
}
