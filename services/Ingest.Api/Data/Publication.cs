namespace Podcast.Ingest.Api.Data;

/// <summary>The newest snapshot of an episode's publication on one channel. It may be stored before the episode's row.</summary>
internal sealed class Publication
{
    public Guid EpisodeId { get; init; }
    public PublishingChannel Channel { get; init; }
    public int Version { get; set; }
    public required PublicationChanged Snapshot { get; set; }

    /// <summary>False if nothing of it is to come; see <see cref="IsUnfinished"/>.</summary>
    public bool IsOpen { get; set; }

    /// <summary>True if the publication goes on by itself, if a person must decide, or if its captions are to follow.</summary>
    public static bool IsUnfinished(PublicationChanged snapshot) =>
        snapshot.Status is PublicationStatus.Publishing or PublicationStatus.AwaitsApproval or PublicationStatus.Failed
        || (snapshot.Status == PublicationStatus.Published && snapshot.CaptionsPlannedAt is not null);
}
