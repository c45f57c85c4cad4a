namespace Podcast.Ingest.Api.Data;

/// <summary>The answer to a POST with an <c>Idempotency-Key</c>, written in the same transaction as the effect.</summary>
internal sealed class IdempotencyRecord
{
    public required string UserId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the path and the request; see <see cref="Requests.RequestKey"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>JSON.</summary>
    public string? Answer { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
