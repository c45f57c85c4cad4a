using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Podcast.Emulators.Ittybit.Chaos;

/// <summary>
/// The luck of one task or request. It depends on the seed and on which task or request it is, not on threads or time,
/// and each fault has its own.
/// </summary>
internal readonly record struct Dice(int Seed, string About, long Ordinal)
{
    /// <summary>Whether a fault of that share hits.</summary>
    public bool Hit(double percent, string fault) => percent > 0 && Throw(fault) < percent;

    /// <summary>A number from 0 up to, not including, 100.</summary>
    public double Throw(string fault)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{About}/{Ordinal}/{fault}"), hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) * (100.0 / (uint.MaxValue + 1.0));
    }
}
