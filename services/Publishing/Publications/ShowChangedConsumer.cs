using Podcast.Hosting.Data;

namespace Podcast.Publishing.Publications;

/// <summary>
/// Keeps the newest settings of each show, in any order of delivery. Publications that have begun go on by the settings that they
/// began with; a retry takes newer ones if nothing of it is on the channel yet.
/// </summary>
internal sealed class ShowChangedConsumer(PublishingDbContext database) : IConsumer<ShowChanged>
{
    public Task Consume(ConsumeContext<ShowChanged> context)
    {
        var change = context.Message;
        var row = new ShowRow { OwnerId = change.OwnerId, Slug = change.Slug, Version = change.Version, Settings = change.Settings };
        var upsert = $"""
            {database.InsertRows<ShowRow>()} {database.OrUpdate<ShowRow>("owner_id, slug", [], [])} AND old.version < excluded.version
            """;
        return database.Database.ExecuteSqlRawAsync(upsert, [database.RowsAsJson([row])], context.CancellationToken);
    }
}
