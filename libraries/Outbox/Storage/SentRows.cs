namespace Podcast.Outbox;

#pragma warning disable EF1002 // only table names are interpolated

/// <summary>
/// Removes rows of sent messages: one statement on PostgreSQL, which locks parents before messages, as every transaction that locks
/// both, so that there are no deadlocks.
/// </summary>
internal static class SentRows
{
    /// <summary>Marks consumed messages as delivered, and removes messages that their consumers sent.</summary>
    public static async Task RemoveConsumed(
        DbContext context, long[] inboxIds, long[] sequenceNumbers, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (context.IsPostgres())
        {
            await context.Database.ExecuteSqlRawAsync(
                $$"""
                WITH sent AS (DELETE FROM {{Table<OutboxMessage>(context)}} WHERE "SequenceNumber" = ANY ({1}))
                UPDATE {{Table<InboxState>(context)}} SET "Delivered" = clock_timestamp() WHERE "Id" = ANY ({0})
                """,
                [inboxIds, sequenceNumbers], cancellationToken);
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await context.Set<InboxState>().Where(inbox => inboxIds.Contains(inbox.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(inbox => inbox.Delivered, now), cancellationToken);
        await context.Set<OutboxMessage>().Where(message => sequenceNumbers.Contains(message.SequenceNumber))
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Removes outboxes with their messages.</summary>
    public static async Task RemoveOutboxes(DbContext context, Guid[] ids, CancellationToken cancellationToken)
    {
        if (context.IsPostgres())
        {
            await context.Database.ExecuteSqlRawAsync(
                $$"""
                WITH sent AS (DELETE FROM {{Table<OutboxMessage>(context)}} WHERE "OutboxId" = ANY ({0}))
                DELETE FROM {{Table<OutboxState>(context)}} WHERE "OutboxId" = ANY ({0})
                """,
                [ids], cancellationToken);
            return;
        }

        await context.Set<OutboxMessage>().Where(message => ids.Contains(message.OutboxId!.Value)).ExecuteDeleteAsync(cancellationToken);
        await context.Set<OutboxState>().Where(outbox => ids.Contains(outbox.OutboxId)).ExecuteDeleteAsync(cancellationToken);
    }

    private static string Table<T>(DbContext context) => OutboxStatements.Table<T>(context);
}
