namespace Podcast.Ingest.Api.ReadModel;

/// <summary>Keeps the newest figure of each quota, in any order of delivery.</summary>
internal sealed class QuotaSpentConsumer(IngestDb db) : IConsumer<QuotaSpent>
{
    public async Task Consume(ConsumeContext<QuotaSpent> context)
    {
        var told = context.Message;
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        await db.Lock($"quota {told.Channel} {told.Project} {told.Bucket}", context.CancellationToken);
        var row = await db.Quotas.FindAsync([told.Channel, told.Project, told.Bucket], context.CancellationToken);
        if (row is null)
            db.Add(row = new Quota { Channel = told.Channel, Project = told.Project, Bucket = told.Bucket, Told = told });
        if (told.At > row.Told.At)
            row.Told = told;
        await db.SaveChangesAsync(context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
    }
}
