using System.Security.Cryptography;
using System.Text;
using Podcast.Contracts;
using Podcast.Ittybit;

namespace Podcast.WebhookGateway.Translating;

/// <summary>
/// The message id of a delivery's event, derived from the delivery: copies of it (Ittybit repeats what we answered late, or with 503
/// although the broker had it) get the same id, and the orchestrator's inbox drops them before they touch an episode.
/// </summary>
/// <remarks>
/// The id covers the attempt and <em>every byte</em> of the body, so two deliveries share it only if they say exactly the same about the
/// same attempt, and then the second adds nothing: the orchestrator only moves forward. Less (task and status word) would drop the second
/// of two different progress reports; a random id would leave a hundred copies to a hundred transactions on one row. It is a saving, not
/// the guarantee: past the inbox's window the ledger still makes a copy harmless.
/// </remarks>
internal static class DeliveryId
{
    public static Guid Of(TaskAttempt? name, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name is null ? "\n" : $"{name.EpisodeId:N}/{name.Kind.Word()}/{name.Attempt}\n"));
        hash.AppendData(body);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
