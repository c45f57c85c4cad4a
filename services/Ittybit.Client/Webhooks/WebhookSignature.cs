namespace Podcast.Ittybit.Client;

/// <summary>Ittybit's webhook signature: lower-case hex HMAC-SHA256 of the raw body (ittybit.com/guides/webhooks-with-laravel-queues-and-events).</summary>
public static class WebhookSignature
{
    /// <summary>The signature of <paramref name="body"/>, without a prefix.</summary>
    public static string Compute(ReadOnlySpan<byte> body, string secret) => throw new NotImplementedException();

    /// <summary>
    /// Whether <paramref name="header"/>, with or without <c>sha256=</c>, is the signature by one of <paramref name="secrets"/>.
    /// No header or no secret: false. Takes the same time whatever the header says.
    /// </summary>
    public static bool IsGenuine(ReadOnlySpan<byte> body, string? header, IEnumerable<string> secrets) =>
        throw new NotImplementedException();
}
