namespace Podcast.Publishing.Publications;

/// <summary>Keeps the newest settings of each show. Publications that have begun go on by the settings that they began with.</summary>
internal sealed class ShowChangedConsumer(PublishingDbContext database) : IConsumer<ShowChanged>
{
    public async Task Consume(ConsumeContext<ShowChanged> context)
    {
        var change = context.Message;
        var row = await database.Shows.FindAsync([change.OwnerId, change.Slug], context.CancellationToken);
        if (row is null)
            database.Add(row = new ShowRow { OwnerId = change.OwnerId, Slug = change.Slug, Settings = change.Settings });
        if (change.Version > row.Version)
            (row.Version, row.Settings) = (change.Version, change.Settings);
        await database.SaveChangesAsync(context.CancellationToken);
    }
}
