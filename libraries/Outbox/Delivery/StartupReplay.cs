namespace Podcast.Outbox;

/// <summary>
/// Sends all stored messages of earlier runs again at start, oldest first, if the transport is not durable (in memory): messages
/// that were sent before the restart may never have arrived.
/// </summary>
internal sealed class StartupReplay<TDbContext>(
    OutboxStore<TDbContext> store, MessageSender sender, ILogger<StartupReplay<TDbContext>> logger)
    where TDbContext : DbContext
{
    public async Task Run(CancellationToken cancellationToken)
    {
        var (from, count, failed) = (0L, 0, 0);
        while (await store.Use(context => Next(context, from, cancellationToken)) is { Count: > 0 } messages)
        {
            var results = await sender.Send(messages, store.Options.SendTimeout, again: _ => true, cancellationToken);
            count += results.Count(result => result.Succeeded);
            failed += results.Count(result => !result.Succeeded);
            from = messages[^1].SequenceNumber;
        }

        if (count > 0)
            logger.Redelivered(count, typeof(TDbContext).Name);

        // After a failure the rows stay undelivered, and the sweep sends them.
        if (failed == 0)
            await store.Write(context => NoteAsDelivered(context, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Selects messages by the process id of their parents, not by time, because the clock may have been set back between runs.
    /// </summary>
    private Task<List<OutboxMessage>> Next(TDbContext context, long from, CancellationToken cancellationToken) =>
        context.Set<OutboxMessage>().AsNoTracking()
            .Where(message => message.SequenceNumber > from)
            .Where(message =>
                context.Set<OutboxState>().Any(outbox => outbox.OutboxId == message.OutboxId && outbox.LockId != store.ProcessId)
                || context.Set<InboxState>().Any(inbox => inbox.MessageId == message.InboxMessageId
                    && inbox.ConsumerId == message.InboxConsumerId && inbox.LockId != store.ProcessId))
            .OrderBy(message => message.SequenceNumber).Take(store.Options.BatchSize)
            .ToListAsync(cancellationToken);

    private async Task<int> NoteAsDelivered(TDbContext context, CancellationToken cancellationToken)
    {
        var now = await store.Now(context, cancellationToken);
        return await context.Set<InboxState>()
                .Where(inbox => inbox.Delivered == null && inbox.Consumed != null && inbox.LockId != store.ProcessId)
                .ExecuteUpdateAsync(set => set.SetProperty(inbox => inbox.Delivered, now), cancellationToken)
            + await context.Set<OutboxState>().Where(outbox => outbox.Delivered == null && outbox.LockId != store.ProcessId)
                .ExecuteUpdateAsync(set => set.SetProperty(outbox => outbox.Delivered, now), cancellationToken);
    }
}
