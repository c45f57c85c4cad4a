namespace Podcast.Outbox;

/// <summary>Removes the rows of sent messages in batches.</summary>
internal sealed class SentMessageCleaner<TDbContext>(
    DeliveryBacklog<TDbContext> backlog, OutboxStore<TDbContext> store, TimeProvider clock, ILogger<SentMessageCleaner<TDbContext>> logger)
    where TDbContext : DbContext
{
    private const int Most = 1000;

    private readonly List<Removal> batch = [];

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
    /// Removes the remaining rows after the consumers have stopped; rows that stay are sent again after the next start.
    /// </summary>
    public async Task Finish(CancellationToken cancellationToken)
    {
        try
        {
            await RemoveAll(cancellationToken);
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

            await store.Write(context => RemoveBatch(context, cancellationToken), cancellationToken);
            isFull = batch.Count == Most;
            batch.ForEach(backlog.Removed);
            batch.Clear();
        }
        while (isFull);
    }

    /// <summary>
    /// Updates inbox rows first: every transaction that locks both tables does so in this order, which avoids deadlocks.
    /// </summary>
    private async Task<int> RemoveBatch(TDbContext context, CancellationToken cancellationToken)
    {
        long[] inboxIds = [.. batch.Select(removal => removal.InboxId).OfType<long>().Order()];
        if (inboxIds.Length > 0)
        {
            var now = await store.Now(context, cancellationToken);
            await context.Set<InboxState>().Where(inbox => inboxIds.Contains(inbox.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(inbox => inbox.Delivered, now), cancellationToken);
        }

        long[] sequenceNumbers = [.. batch.SelectMany(removal => removal.SequenceNumbers)];
        return sequenceNumbers.Length == 0 || store.Options.KeepSent > TimeSpan.Zero
            ? 0
            : await context.Set<OutboxMessage>().Where(message => sequenceNumbers.Contains(message.SequenceNumber))
                .ExecuteDeleteAsync(cancellationToken);
    }
}
