namespace Podcast.Ingest.Api.Data;

/// <summary>What was spent of a channel's quota, as the publishing service told last.</summary>
internal sealed class Quota
{
    public PublishingChannel Channel { get; init; }
    public required string Project { get; init; }
    public required string Bucket { get; init; }
    public required QuotaSpent Told { get; set; }
}
