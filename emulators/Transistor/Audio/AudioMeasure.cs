using System.Buffers;

namespace Podcast.Emulators.Transistor;

/// <summary>What is kept of received bytes.</summary>
/// <param name="Sha256">In lower-case hex.</param>
internal sealed record AudioMeasure(string Sha256, long Length)
{
    /// <summary>Reads a body to its end with one buffer of memory; null if it is longer than <paramref name="limit"/>.</summary>
    public static async Task<AudioMeasure?> Of(Stream body, long limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var memory = MemoryPool<byte>.Shared.Rent(64 * 1024);
        long total = 0;
        int read;
        while ((read = await body.ReadAsync(memory.Memory, cancellationToken)) > 0)
        {
            if ((total += read) > limit)
                return null;
            hash.AppendData(memory.Memory.Span[..read]);
        }

        return new AudioMeasure(Convert.ToHexStringLower(hash.GetCurrentHash()), total);
    }
}
