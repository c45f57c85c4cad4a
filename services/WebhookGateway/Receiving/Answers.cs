using System.Text.Json.Serialization;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>The answer to a delivery that was accepted: <c>{"status":"received","task_id":"task_…"}</c>.</summary>
/// <param name="Status"><c>received</c>; <c>ignored</c> if the delivery is not about a task.</param>
/// <param name="TaskId">Ittybit's task id; null if the delivery names none.</param>
internal sealed record Receipt(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("task_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TaskId = null);

/// <summary>The answer to a delivery that is not acknowledged, as <c>application/problem+json</c>.</summary>
/// <param name="StatusCode">The HTTP status of the answer.</param>
/// <param name="Reason">The label for the counter and the log.</param>
/// <param name="Detail">Text for the sender; contains nothing of the delivery.</param>
/// <param name="Retryable">True: the same delivery may be accepted later, so the answer has <c>Retry-After</c>.</param>
internal sealed record Rejection(int StatusCode, string Reason, string Detail, bool Retryable = false) : IResult
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

    /// <summary>Writes the answer; its <c>error</c> is that of the tutorial's handler.</summary>
    public Task ExecuteAsync(HttpContext httpContext) => TypedResults
        .Problem(Detail, statusCode: StatusCode, extensions: new Dictionary<string, object?> { ["error"] = Detail })
        .ExecuteAsync(httpContext);
}
