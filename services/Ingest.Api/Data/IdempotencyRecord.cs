namespace Podcast.Ingest.Api.Data;

/// <summary>What a POST with an <c>Idempotency-Key</c> was answered. Written in the transaction of what it did.</summary>
internal sealed class IdempotencyRecord
{
    public required string UserId { get; init; }

    public required string Key { get; init; }

    /// <summary>Of the address and what was asked for.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>JSON.</summary>
    public string? Answer { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
