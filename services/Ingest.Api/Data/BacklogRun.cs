using Podcast.Ingest.Api.Backlog;

namespace Podcast.Ingest.Api.Data;

/// <summary>A run of the backlog command, as it told last.</summary>
internal sealed class BacklogRun
{
    public required string UserId { get; init; } // the owner of the token that it reports with
    public Guid Id { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public required RunReport Report { get; set; }
    public DateTimeOffset ReportedAt { get; set; }
}
