namespace Podcast.Outbox;

/// <summary>
/// Sends all stored messages of earlier runs again at start, oldest first, if the transport is not durable (in memory): messages
/// that were sent before the restart may never have arrived.
/// </summary>
internal sealed class StartupReplay<TDbContext>(
    OutboxStore<TDbContext> store, MessageSender sender, IServiceScopeFactory scopes, ILogger<StartupReplay<TDbContext>> logger)
    where TDbContext : DbContext
{
    public async Task Run(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        var (from, count, failed) = (0L, 0, 0);
        while (true)
        {
            var messages = await OfOtherRuns(context).AsNoTracking()
                .Where(message => message.SequenceNumber > from)
                .OrderBy(message => message.SequenceNumber).Take(store.Options.BatchSize)
                .ToListAsync(cancellationToken);
            if (messages.Count == 0)
                break;

            var results = await sender.Send(messages, store.Options.SendTimeout, again: _ => true, cancellationToken);
            count += results.Count(result => result.Succeeded);
            failed += results.Count(result => !result.Succeeded);
            from = messages[^1].SequenceNumber;
        }

        if (count > 0)
            logger.Redelivered(count, typeof(TDbContext).Name);

        // After a failure the rows stay undelivered, and the sweep sends them.
        if (failed == 0)
            await store.Write(context, () => NoteAsDelivered(context, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Selects messages by the process id of their parents, not by time, because the clock may have been set back between runs.
    /// </summary>
    private IQueryable<OutboxMessage> OfOtherRuns(TDbContext context) => context.Set<OutboxMessage>().Where(message =>
        context.Set<OutboxState>().Any(outbox => outbox.OutboxId == message.OutboxId && outbox.LockId != store.ProcessId)
        || context.Set<InboxState>().Any(inbox => inbox.MessageId == message.InboxMessageId
            && inbox.ConsumerId == message.InboxConsumerId && inbox.LockId != store.ProcessId));

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
