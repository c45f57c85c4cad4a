using System.Data;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Podcast.Outbox;

/// <summary>
/// Sends what is in the tables: the bus outbox and what consumers left behind. Whoever sends holds the parents' rows, so instances share
/// the work and the messages of one outbox leave in order. A message that cannot be sent goes to the <see cref="SetAsideMessage"/>s.
/// </summary>
internal sealed class Delivery<TDbContext>(
    Afterwards<TDbContext> afterwards,
    OutboxStore<TDbContext> store,
    MessageSender sender,
    IServiceScopeFactory scopes,
    ILogger<Delivery<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <summary>True when consumers of this process have left something that need not grow old first.</summary>
    public bool HasOwnLeftovers => afterwards.HasLeftovers;

    /// <summary>One query: is there anything to do at all?</summary>
    public async Task<Work> Look(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        return await store.Statements(context).Look(context, store.Now - store.Options.LeftoverAge, store.Now, cancellationToken);
    }

    /// <summary>The bus outbox: what was published outside of consumers.</summary>
    public Task<Progress> SendOutboxes(CancellationToken cancellationToken) => Send(
        context => store.Statements(context).Undelivered(context, store.Options.BatchSize).ToListAsync(cancellationToken),
        outbox => outbox.OutboxId,
        message => message.OutboxId!.Value,
        (context, outboxes) =>
        {
            Guid[] ids = [.. outboxes.Select(outbox => outbox.OutboxId)];
            return context.Set<OutboxMessage>().Where(message => ids.Contains(message.OutboxId!.Value));
        },
        (context, outboxes) =>
        {
            Guid[] ids = [.. outboxes.Select(outbox => outbox.OutboxId)];
            var done = context.Set<OutboxState>().Where(outbox => ids.Contains(outbox.OutboxId));
            var now = store.Now;
            return store.Options.KeepSent == TimeSpan.Zero
                ? done.ExecuteDeleteAsync(cancellationToken)
                : done.ExecuteUpdateAsync(set => set.SetProperty(outbox => outbox.Delivered, now), cancellationToken);
        },
        cancellationToken);

    /// <summary>What consumers, of this process or of one that is gone, committed and did not get away.</summary>
    public async Task<Progress> SendLeftovers(CancellationToken cancellationToken)
    {
        var ours = afterwards.TakeLeftovers(store.Options.BatchSize);
        try
        {
            var progress = await SendLeftovers(ours, cancellationToken);
            if (progress.Obstacle is not null)
                afterwards.PutBack(ours);
            if (progress.Sent > 0)
                logger.LeftoversSent(progress.Sent, typeof(TDbContext).Name);
            return progress;
        }
        catch
        {
            afterwards.PutBack(ours);
            throw;
        }
    }

    private Task<Progress> SendLeftovers(IReadOnlyList<(Guid MessageId, Guid ConsumerId)> ours, CancellationToken cancellationToken) =>
        Send(
            async context => await store.Statements(context)
                .Leftovers(context, store.Now - store.Options.LeftoverAge, await InboxIds(context, ours, cancellationToken), store.Options.BatchSize)
                .ToListAsync(cancellationToken),
            inbox => (inbox.MessageId, inbox.ConsumerId),
            message => (message.InboxMessageId!.Value, message.InboxConsumerId!.Value),
            (context, inboxes) =>
            {
                long[] ids = [.. inboxes.Select(inbox => inbox.Id)];
                return context.Set<InboxState>().Where(inbox => ids.Contains(inbox.Id)).Join(
                    context.Set<OutboxMessage>(),
                    inbox => new { MessageId = (Guid?)inbox.MessageId, ConsumerId = (Guid?)inbox.ConsumerId },
                    message => new { MessageId = message.InboxMessageId, ConsumerId = message.InboxConsumerId },
                    (_, message) => message);
            },
            (context, inboxes) =>
            {
                long[] ids = [.. inboxes.Select(inbox => inbox.Id)];
                var now = store.Now;
                return context.Set<InboxState>().Where(inbox => ids.Contains(inbox.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(inbox => inbox.Delivered, now), cancellationToken);
            },
            cancellationToken);

    private async Task<Progress> Send<TParent, TKey>(
        Func<TDbContext, Task<List<TParent>>> claim,
        Func<TParent, TKey> keyOf,
        Func<OutboxMessage, TKey> parentOf,
        Func<TDbContext, IReadOnlyList<TParent>, IQueryable<OutboxMessage>> messagesOf,
        Func<TDbContext, IReadOnlyList<TParent>, Task<int>> settle,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        return await store.Run(context, async () =>
        {
            // On SQLite nobody could write while a broker takes its time; there is no second instance to keep away either.
            await using var locks = store.Statements(context).LocksRows ? await Begin() : null;
            var parents = await claim(context);
            if (parents.Count == 0)
                return Progress.None;

            var messages = await messagesOf(context, parents).OrderBy(message => message.SequenceNumber).AsNoTracking()
                .ToListAsync(cancellationToken);
            var results = await sender.Send(messages, store.Options.SendTimeout, again: false, cancellationToken);
            StopPoint.Reach(StopPoint.Delivered);

            using var turn = await store.Turn(context, cancellationToken);
            await using var transaction = locks is null ? await Begin() : null;
            var waiting = results.Where(result => result.IsPassing).Select(result => parentOf(result.Message)).ToHashSet();
            await SettleMessages(results);
            await settle(context, [.. parents.Where(parent => !waiting.Contains(keyOf(parent)))]);
            await (locks ?? transaction!).CommitAsync(CancellationToken.None);
            return Progress.Of(parents.Count == store.Options.BatchSize, results);
        });

        Task<IDbContextTransaction> Begin() => context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        async Task SettleMessages(IReadOnlyList<Sent> results)
        {
            foreach (var result in results.Where(result => !result.Succeeded && !result.IsPassing))
            {
                var message = SetAsideMessage.From(result.Message, store.Now);
                message.Failed(result.Failure!, store.Now, store.Options.MaxAttempts);
                context.Add(message);
                logger.SetAside(message.MessageId, message.MessageType, message.Destination, message.Attempts, message.Reason);
            }

            await context.SaveChangesAsync(cancellationToken);
            long[] gone = [.. results
                .Where(result => result.Succeeded ? store.Options.KeepSent == TimeSpan.Zero : !result.IsPassing)
                .Select(result => result.Message.SequenceNumber)];
            if (gone.Length > 0)
            {
                await context.Set<OutboxMessage>().Where(message => gone.Contains(message.SequenceNumber))
                    .ExecuteDeleteAsync(cancellationToken);
            }
        }
    }

    private static async Task<List<long>> InboxIds(
        TDbContext context, IReadOnlyList<(Guid MessageId, Guid ConsumerId)> keys, CancellationToken cancellationToken)
    {
        Guid[] messageIds = [.. keys.Select(key => key.MessageId)];
        if (messageIds.Length == 0)
            return [];

        var inboxes = await context.Set<InboxState>().AsNoTracking().Where(inbox => messageIds.Contains(inbox.MessageId) && inbox.Delivered == null)
            .ToListAsync(cancellationToken);
        return [.. inboxes.Where(inbox => keys.Contains((inbox.MessageId, inbox.ConsumerId))).Select(inbox => inbox.Id)];
    }
}
