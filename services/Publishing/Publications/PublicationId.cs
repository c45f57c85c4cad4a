using System.Security.Cryptography;

namespace Podcast.Publishing.Publications;

/// <summary>The id of the publication of an episode on a channel: always the same one.</summary>
internal static class PublicationId
{
    public static Guid Of(Guid episodeId, PublishingChannel channel)
    {
        Span<byte> name = stackalloc byte[17];
        episodeId.TryWriteBytes(name);
        name[16] = (byte)channel;
        return new Guid(SHA256.HashData(name).AsSpan(0, 16));
    }
}
