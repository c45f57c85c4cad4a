namespace Podcast.Ingest.Api.Data;

/// <summary>What an operator asked for.</summary>
internal sealed class AuditEntry
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; } // the sub of the operator's token
    public required string Action { get; init; }
    public required string Target { get; init; }
    public string? Why { get; init; }
}
