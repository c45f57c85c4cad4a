using System.Net.Sockets;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Resolves the host of a submitted address, so that the owner sees the error at once. <see cref="SourceAddress"/> has checked
/// the text. DNS may answer differently later, so every download of ours checks again.
/// </summary>
internal sealed class SourceCheck(
    OutsideAddresses outside, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<SourceCheck> logger)
{
    /// <summary>
    /// Returns the problem with the resolved address; null if there is none, or if the lookup fails or takes too long.
    /// </summary>
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
            // A failure of our name server says nothing about the address and must not block the submission.
            logger.SourceNotLookedUp(trouble.GetType().Name);
            return null;
        }
    }
}
