using System.Buffers.Binary;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>
/// Pseudo-random decisions about one task or request. They depend only on the seed, the number of the task or request and the
/// name of the fault, not on threads or time.
/// </summary>
internal readonly record struct Dice(int Seed, string About, long Ordinal)
{
    /// <summary>Whether a fault with that share applies.</summary>
    public bool Hit(double percent, string fault) => percent > 0 && Throw(fault) < percent;

    /// <summary>A number from 0 (inclusive) to 100 (exclusive).</summary>
    public double Throw(string fault)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{About}/{Ordinal}/{fault}"), hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) * (100.0 / (uint.MaxValue + 1.0));
    }
}
