namespace Podcast.Ingest.Api.ReadModel;

/// <summary>Stores the newest snapshot of each publication, in any order of delivery and with any number of duplicates.</summary>
internal sealed class PublicationChangedConsumer(IngestDb db, TimeProvider clock) : IConsumer<PublicationChanged>
{
    public async Task Consume(ConsumeContext<PublicationChanged> context)
    {
        var change = context.Message;
        var publication = new Publication
        {
            EpisodeId = change.EpisodeId,
            Channel = change.Channel,
            Version = change.Version,
            Snapshot = change,
            IsOpen = Publication.IsUnfinished(change),
        };
        await db.InsertOrUpdate(publication, "episode_id, channel", "old.version < excluded.version", context.CancellationToken);

        DateTimeOffset? now = clock.GetUtcMilliseconds();
        await db.Episodes.Where(e => e.Id == change.EpisodeId)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ChangedAt, now), context.CancellationToken);
    }
}
