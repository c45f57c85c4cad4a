using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Podcast.Hosting;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Finds out where the name in an owner's address leads, while they are there to be told. The text itself was judged before, by
/// <see cref="SourceAddress"/>; names may lead elsewhere later, so whoever follows one of ours checks again.
/// </summary>
internal sealed class SourceCheck(
    OutsideAddresses outside, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<SourceCheck> logger)
{
    /// <summary>What is wrong with where it leads; null when nothing is, or when nobody can tell just now.</summary>
    public async Task<string?> Look(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var refusal = await outside.Refusal(address, cancellationToken)
                .WaitAsync(options.CurrentValue.LookupTimeout, clock, cancellationToken);
            return refusal is null ? null : $"cannot be used: {refusal}";
        }
        catch (Exception trouble) when (trouble is SocketException or TimeoutException)
        {
            // Our own name server's trouble is no fault of the address, and makes nobody's upload wait.
            logger.SourceNotLookedUp(trouble.GetType().Name);
            return null;
        }
    }
}
