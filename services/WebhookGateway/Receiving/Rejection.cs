namespace Podcast.WebhookGateway.Receiving;

/// <summary>The reason why a delivery is not acknowledged.</summary>
/// <param name="StatusCode">The HTTP status of the answer.</param>
/// <param name="Reason">The label for the counter and the log.</param>
/// <param name="Detail">Text for the sender; contains nothing of the delivery.</param>
/// <param name="Retryable">True: the same delivery may be accepted later, so the answer has <c>Retry-After</c>.</param>
internal sealed record Rejection(int StatusCode, string Reason, string Detail, bool Retryable = false)
{
    public static readonly Rejection Address = new(403, "address", "Deliveries are not taken from this address.");

    public static readonly Rejection Token = new(401, "token", "The token does not belong to this address.");

    public static readonly Rejection NoSignature = new(401, "signature_missing", "The delivery is not signed.");

    public static readonly Rejection Signature = new(401, "signature", "The signature does not belong to this body.");

    public static readonly Rejection MediaType = new(415, "media_type", "A delivery is application/json.");

    public static readonly Rejection Encoding = new(415, "encoding", "A delivery is not compressed.");

    public static readonly Rejection TooLarge = new(413, "too_large", "The body is too large.");

    public static readonly Rejection TooSlow = new(408, "too_slow", "The body did not come in time.");

    public static readonly Rejection CutShort = new(400, "cut_short", "The body ended before its end.");

    public static readonly Rejection Flood = new(429, "flood", "Too many deliveries at once.", Retryable: true);

    public static readonly Rejection Broker = new(503, "broker", "The delivery cannot be kept just now.", Retryable: true);

    public static Rejection Malformed(string problem) => new(400, "malformed", problem);
}
