namespace Podcast.Outbox;

/// <summary>Removes the rows of sent messages in batches.</summary>
internal sealed class SentMessageCleaner<TDbContext>(
    DeliveryBacklog<TDbContext> backlog, OutboxStore<TDbContext> store, TimeProvider clock, ILogger<SentMessageCleaner<TDbContext>> logger)
    where TDbContext : DbContext
{
    private const int Most = 1000;

    private readonly List<Removal> batch = [];
    private readonly bool keeps = store.Options.KeepSent > TimeSpan.Zero;

    public async Task Run(CancellationToken stopping)
    {
        var pause = store.Options.RemoveDelay;
        while (batch.Count > 0 || await backlog.Removals.WaitToReadAsync(stopping))
        {
            await Task.Delay(pause, clock, stopping);
            try
            {
                await RemoveAll(stopping);
                pause = store.Options.RemoveDelay;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                pause = Backoff.After(pause);
                logger.OutboxPaused(exception, typeof(TDbContext).Name, pause);
            }
        }
    }

    /// <summary>
    /// Removes the remaining rows after the consumers have stopped; rows that stay are sent again after the next start. Unsent
    /// outboxes need not grow old before another process sends them.
    /// </summary>
    public async Task Finish(CancellationToken cancellationToken)
    {
        try
        {
            await RemoveAll(cancellationToken);
            if (backlog.Published.HasUnsent)
            {
                await store.Write(
                    context => store.Statements(context).Release(context, store.ProcessId, cancellationToken), cancellationToken);
            }
        }
        catch (Exception exception)
        {
            logger.NotRemoved(exception, batch.Sum(removal => removal.SequenceNumbers.Count), typeof(TDbContext).Name);
        }
    }

    /// <summary>
    /// Removes batches until one is not full. What comes meanwhile waits for the next pause: otherwise batches would be small under
    /// load. A batch that fails is kept for the next call.
    /// </summary>
    private async Task RemoveAll(CancellationToken cancellationToken)
    {
        bool isFull;
        do
        {
            while (batch.Count < Most && backlog.Removals.TryRead(out var removal))
                batch.Add(removal);
            if (batch.Count == 0)
                return;

            await Remove(cancellationToken);
            isFull = batch.Count == Most;
            batch.ForEach(backlog.Removed);
            batch.Clear();
        }
        while (isFull);
    }

    private Task<int> Remove(CancellationToken cancellationToken) => store.WriteEach(
        async context =>
        {
            long[] inboxIds = [.. batch.Select(removal => removal.InboxId).OfType<long>().Order()];
            long[] sequenceNumbers = keeps
                ? []
                : [.. batch.Where(removal => removal.OutboxId is null).SelectMany(removal => removal.SequenceNumbers)];
            Guid[] outboxes = [.. batch.Select(removal => removal.OutboxId).OfType<Guid>().Order()];
            if (inboxIds.Length > 0 || sequenceNumbers.Length > 0)
                await SentRows.RemoveConsumed(context, inboxIds, sequenceNumbers, clock, cancellationToken);
            if (outboxes.Length > 0 && keeps)
                await Mark(context, outboxes, cancellationToken);
            else if (outboxes.Length > 0)
                await SentRows.RemoveOutboxes(context, outboxes, cancellationToken);
            return batch.Count;
        },
        cancellationToken);

    private async Task Mark(TDbContext context, Guid[] outboxes, CancellationToken cancellationToken)
    {
        var now = await store.Now(context, cancellationToken);
        await context.Set<OutboxState>().Where(outbox => outboxes.Contains(outbox.OutboxId))
            .ExecuteUpdateAsync(set => set.SetProperty(outbox => outbox.Delivered, now), cancellationToken);
    }
}
