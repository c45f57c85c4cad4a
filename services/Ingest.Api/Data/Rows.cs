namespace Podcast.Ingest.Api.Data;

/// <summary>The change that one version of an episode made.</summary>
internal sealed class HistoryEntry
{
    public Guid EpisodeId { get; init; }
    public int Version { get; init; }
    public DateTimeOffset At { get; init; }
    public required string What { get; init; }
    public TaskKind? Task { get; init; }
    public required string By { get; init; }
    public string? Why { get; init; }
}

/// <summary>
/// An episode's transcript. It may be stored before the episode's row, because the two arrive in different messages.
/// </summary>
internal sealed class Transcript
{
    public Guid EpisodeId { get; init; }

    /// <summary>The round of collecting that delivered it; a later round replaces it.</summary>
    public int Round { get; set; }

    public required string Text { get; set; }
    public string? Language { get; set; }

    /// <summary>JSON array of timed lines; empty if the transcript has no times.</summary>
    public required string Lines { get; set; }

    public DateTimeOffset StoredAt { get; set; }
}

/// <summary>The answer to a POST with an <c>Idempotency-Key</c>, written in the same transaction as the effect.</summary>
internal sealed class IdempotencyRecord
{
    public required string UserId { get; init; }
    public required string Key { get; init; }

    /// <summary>See <see cref="RequestKey"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>JSON.</summary>
    public string? Answer { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
