namespace Podcast.Ingest.Api.Data;

/// <summary>The newest snapshot of an episode's publication on one channel. It may be stored before the episode's row.</summary>
internal sealed class Publication
{
    public Guid EpisodeId { get; init; }
    public PublishingChannel Channel { get; init; }
    public int Version { get; set; }
    public required PublicationChanged Snapshot { get; set; }
}
