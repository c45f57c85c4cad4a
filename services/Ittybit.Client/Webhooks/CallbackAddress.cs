using Microsoft.Extensions.Options;

namespace Podcast.Ittybit.Client;

/// <summary>
/// The address that a task reports to: <c>{PublicUrl}/webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}</c>. It says whose report
/// it is, and its token that we made it.
/// </summary>
public sealed class CallbackAddress(IOptions<WebhookOptions> options)
{
    /// <summary>The address of one attempt; carries <c>?traceparent=…</c> when there is a current activity.</summary>
    /// <param name="task">The wire word: <c>audio_extraction</c> …</param>
    /// <param name="attempt">1 for the first.</param>
    public Uri For(Guid episodeId, string task, int attempt) => throw new NotImplementedException(options.Value.Key);

    /// <summary>Whether <paramref name="token"/> is the one of this path, each part exactly as it came.</summary>
    public bool IsGenuine(string episodeId, string task, string attempt, string token) => throw new NotImplementedException();
}
