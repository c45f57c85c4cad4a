namespace Podcast.Ingest.Api.ReadModel;

/// <summary>Stores the newest snapshot of each publication, in any order of delivery and with any number of duplicates.</summary>
internal sealed class PublicationChangedConsumer(IngestDb db, TimeProvider clock) : IConsumer<PublicationChanged>
{
    public async Task Consume(ConsumeContext<PublicationChanged> context)
    {
        var change = context.Message;
        var row = await db.Publications.FindAsync([change.EpisodeId, change.Channel], context.CancellationToken);
        if (row is null)
            db.Add(row = new Publication { EpisodeId = change.EpisodeId, Channel = change.Channel, Snapshot = change });
        if (change.Version > row.Version)
            (row.Version, row.Snapshot, row.IsOpen) = (change.Version, change, Publication.IsUnfinished(change));
        await db.SaveChangesAsync(context.CancellationToken);

        DateTimeOffset? now = clock.GetUtcMilliseconds();
        await db.Episodes.Where(e => e.Id == change.EpisodeId)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ChangedAt, now), context.CancellationToken);
    }
}
