using System.Security.Cryptography;
using System.Text;
using Podcast.Contracts;

namespace Podcast.WebhookGateway.Translating;

/// <summary>
/// Derives the message id of an event from its delivery. Ittybit repeats a delivery that was answered late, or with 503 although
/// the broker had the message; copies get the same id, and the orchestrator's inbox drops them before they lock an episode.
/// </summary>
/// <remarks>
/// The id covers the attempt and <em>every byte</em> of the body: an id from less (task and status) would drop the second of two
/// different progress reports. This only saves work: after the inbox's window, the rules of the ledger ignore a copy.
/// </remarks>
internal static class DeliveryId
{
    public static Guid Of(TaskAttempt? name, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name is null ? "\n" : $"{name.EpisodeId:N}/{name.Kind.WireName()}/{name.Attempt}\n"));
        hash.AppendData(body);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
