using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Podcast.Ittybit;

/// <summary>
/// Builds and checks the callback address of a task: <c>{PublicUrl}/webhooks/ittybit/{episodeId}/{task}/{attempt}/{token}</c>.
/// The path identifies the attempt; the token proves that we created the address.
/// </summary>
public sealed class CallbackAddress(IOptions<WebhookOptions> options)
{
    private const int TokenBytes = 16;

    /// <summary>The address for one attempt; contains <c>?traceparent=…</c> if there is a current activity.</summary>
    public Uri For(TaskAttempt attempt)
    {
        var path = attempt.Key;
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? $"?traceparent={id}" : "";
        var gateway = options.Value.PublicUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri($"{gateway}/webhooks/ittybit/{path}/{Token(path)}{trace}");
    }

    /// <summary>True if <paramref name="token"/> belongs to this path. The parts must be passed exactly as received.</summary>
    public bool IsGenuine(string episodeId, string task, string attempt, string token) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Token($"{episodeId}/{task}/{attempt}")), Encoding.UTF8.GetBytes(token));

    private string Token(string path)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Key), Encoding.UTF8.GetBytes(path));
        return Base64Url.EncodeToString(hash.AsSpan(0, TokenBytes));
    }
}
