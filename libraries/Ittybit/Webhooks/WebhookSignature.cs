using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Podcast.Ittybit;

/// <summary>
/// Ittybit's webhook signature: lower-case hex HMAC-SHA256 of the raw body
/// (ittybit.com/guides/webhooks-with-laravel-queues-and-events).
/// </summary>
public static class WebhookSignature
{
    private const string Prefix = "sha256=";

    /// <summary>The signature of <paramref name="body"/>, without a prefix.</summary>
    public static string Compute(ReadOnlySpan<byte> body, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>
    /// True if <paramref name="header"/>, with or without <c>sha256=</c>, is the signature made with one of
    /// <paramref name="secrets"/>; false without a header or a secret. Compares in constant time, so that the duration reveals
    /// nothing about the signature.
    /// </summary>
    public static bool IsGenuine(ReadOnlySpan<byte> body, string? header, IEnumerable<string> secrets)
    {
        var claim = header.AsSpan().Trim();
        if (claim.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            claim = claim[Prefix.Length..];

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (claim.Length != 2 * claimed.Length || Convert.FromHexString(claim, claimed, out _, out _) != OperationStatus.Done)
            return false;

        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isGenuine = false;
        foreach (var secret in secrets.Where(secret => !string.IsNullOrWhiteSpace(secret)))
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, right);
            isGenuine |= CryptographicOperations.FixedTimeEquals(claimed, right);
        }

        return isGenuine;
    }
}
