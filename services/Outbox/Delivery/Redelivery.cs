using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Podcast.Outbox;

/// <summary>
/// At start, on a transport that forgets: what the last run had sent may never have arrived, so everything that is still there is sent
/// again, oldest first.
/// </summary>
internal sealed class Redelivery<TDbContext>(
    OutboxStore<TDbContext> store, MessageSender sender, IServiceScopeFactory scopes, ILogger<Redelivery<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <param name="started">UTC; what was published after it is of this run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task Run(DateTime started, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        var (from, count, failed) = (0L, 0, 0);
        while (true)
        {
            var messages = await context.Set<OutboxMessage>().AsNoTracking()
                .Where(message => message.SequenceNumber > from && message.SentTime < started)
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

        // What failed stays undelivered: the sweep has it.
        if (failed == 0)
            await store.Write(context, () => NoteAsDelivered(context, started, cancellationToken), cancellationToken);
    }

    private async Task<int> NoteAsDelivered(TDbContext context, DateTime started, CancellationToken cancellationToken)
    {
        var now = store.Now;
        return await context.Set<InboxState>().Where(inbox => inbox.Delivered == null && inbox.Consumed < started)
                .ExecuteUpdateAsync(set => set.SetProperty(inbox => inbox.Delivered, now), cancellationToken)
            + await context.Set<OutboxState>().Where(outbox => outbox.Delivered == null && outbox.Created < started)
                .ExecuteUpdateAsync(set => set.SetProperty(outbox => outbox.Delivered, now), cancellationToken);
    }
}
