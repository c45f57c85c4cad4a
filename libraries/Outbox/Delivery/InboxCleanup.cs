namespace Podcast.Outbox;

/// <summary>
/// Removes expired rows in batches: sent messages that were kept, and inbox rows after the duplicate detection window.
/// </summary>
internal sealed class InboxCleanup<TDbContext>(OutboxStore<TDbContext> store, IServiceScopeFactory scopes)
    where TDbContext : DbContext
{
    private const int Bite = 500;

    public async Task Run(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();

        var now = await store.Now(context, cancellationToken);
        var sentBefore = now - store.Options.KeepSent;
        while (await store.Write(context, () => RemoveSent(context, sentBefore, cancellationToken), cancellationToken) == Bite)
        {
        }

        var deliveredBefore = now - store.Options.DuplicateDetectionWindow;
        while (await store.Write(
            context, () => store.Statements(context).Forget(context, deliveredBefore, Bite, cancellationToken), cancellationToken) == Bite)
        {
        }
    }

    private static async Task<int> RemoveSent(TDbContext context, DateTime before, CancellationToken cancellationToken)
    {
        var removed = await context.Set<OutboxMessage>()
            .Where(message =>
                context.Set<InboxState>().Any(inbox => inbox.MessageId == message.InboxMessageId
                    && inbox.ConsumerId == message.InboxConsumerId && inbox.Delivered < before)
                || context.Set<OutboxState>().Any(outbox => outbox.OutboxId == message.OutboxId && outbox.Delivered < before))
            .OrderBy(message => message.SequenceNumber).Take(Bite)
            .ExecuteDeleteAsync(cancellationToken);

        await context.Set<OutboxState>()
            .Where(outbox => outbox.Delivered < before && !context.Set<OutboxMessage>().Any(message => message.OutboxId == outbox.OutboxId))
            .OrderBy(outbox => outbox.Created).Take(Bite)
            .ExecuteDeleteAsync(cancellationToken);
        return removed;
    }
}
