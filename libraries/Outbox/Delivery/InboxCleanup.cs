namespace Podcast.Outbox;

/// <summary>Removes expired rows in batches: kept messages, and inbox rows after the duplicate detection window.</summary>
internal sealed class InboxCleanup<TDbContext>(OutboxStore<TDbContext> store)
    where TDbContext : DbContext
{
    private const int Batch = 500;

    public async Task Run(CancellationToken cancellationToken)
    {
        var now = await store.Use(context => store.Now(context, cancellationToken));
        await InBatches(context => RemoveSent(context, now - store.Options.KeepSent, cancellationToken));
        await InBatches(context => store.Statements(context).Forget(
            context, now - store.Options.DuplicateDetectionWindow, Batch, cancellationToken));

        async Task InBatches(Func<TDbContext, Task<int>> remove)
        {
            while (await store.Write(remove, cancellationToken) == Batch)
            {
            }
        }
    }

    private static async Task<int> RemoveSent(TDbContext context, DateTime before, CancellationToken cancellationToken)
    {
        var removed = await context.Set<OutboxMessage>()
            .Where(message =>
                context.Set<InboxState>().Any(inbox => inbox.MessageId == message.InboxMessageId
                    && inbox.ConsumerId == message.InboxConsumerId && inbox.Delivered < before)
                || context.Set<OutboxState>().Any(outbox => outbox.OutboxId == message.OutboxId && outbox.Delivered < before))
            .OrderBy(message => message.SequenceNumber).Take(Batch)
            .ExecuteDeleteAsync(cancellationToken);

        await context.Set<OutboxState>()
            .Where(outbox => outbox.Delivered < before && !context.Set<OutboxMessage>().Any(message => message.OutboxId == outbox.OutboxId))
            .OrderBy(outbox => outbox.Created).Take(Batch)
            .ExecuteDeleteAsync(cancellationToken);
        return removed;
    }
}
