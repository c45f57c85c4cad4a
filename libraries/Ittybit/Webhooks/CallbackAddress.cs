using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Podcast.Ittybit;

/// <summary>
/// The address that a task reports to: <c>{PublicUrl}/webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}</c>. It says whose report
/// it is, and its token that we made it.
/// </summary>
public sealed class CallbackAddress(IOptions<WebhookOptions> options)
{
    private const int TokenBytes = 16;

    /// <summary>The address of one attempt; carries <c>?traceparent=…</c> when there is a current activity.</summary>
    public Uri For(TaskAttempt attempt)
    {
        var path = attempt.Key;
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? $"?traceparent={id}" : "";
        var gateway = options.Value.PublicUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri($"{gateway}/webhooks/ittybit/{path}/{Token(path)}{trace}");
    }

    /// <summary>Whether <paramref name="token"/> is the one of this path, each part exactly as it came.</summary>
    public bool IsGenuine(string episodeId, string task, string attempt, string token) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Token($"{episodeId}/{task}/{attempt}")), Encoding.UTF8.GetBytes(token));

    private string Token(string path)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Key), Encoding.UTF8.GetBytes(path));
        return Base64Url.EncodeToString(hash.AsSpan(0, TokenBytes));
    }
}
