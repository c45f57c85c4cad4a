namespace Podcast.Publishing.Data;

/// <summary>The newest settings of a show.</summary>
internal sealed class ShowRow
{
    public required string OwnerId { get; init; }
    public required string Slug { get; init; }
    public int Version { get; set; }
    public required ShowSettings Settings { get; set; }
}

/// <summary>Until when a YouTube channel takes no uploads, because it has reached its own limit.</summary>
internal sealed class UploadPause
{
    public required string ChannelId { get; init; }
    public DateTimeOffset Until { get; set; }
}

/// <summary>A process is looking for a draft at Transistor, or making it.</summary>
internal sealed class DraftClaim
{
    public Guid PublicationId { get; init; }
    public Guid ClaimId { get; init; }
    public DateTimeOffset Until { get; init; }
}

/// <summary>What a Google project has spent of one of its quotas on a day of Pacific time.</summary>
internal sealed class QuotaDay
{
    public required string Project { get; init; }
    public required string Bucket { get; init; }
    public DateOnly Day { get; init; }
    public int Spent { get; set; }
}
