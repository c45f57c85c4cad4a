using System.Security.Cryptography;

namespace Podcast.Batch.Data;

/// <summary>Derives a GUID from a name by SHA-256 (RFC 9562, version 8). The same name always gives the same GUID.</summary>
internal static class ItemGuid
{
    public static Guid Of(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"podcast-batch/{name}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
