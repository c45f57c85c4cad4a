using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Podcast.Outbox;

/// <summary>Tells the outbox of a context that the transaction is committed in which it was saved.</summary>
internal sealed class TransactionEnds(FailedCommandInterceptor failures) : DbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, ContextOutbox> outboxes = [];

    /// <summary>Called after a save in a transaction, which succeeded: what failed before no longer matters.</summary>
    public void Follow(DbContext context, ContextOutbox outbox)
    {
        failures.Forget(context);
        outboxes.AddOrUpdate(context, outbox);
    }

    public void Unfollow(DbContext context) => outboxes.Remove(context);

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (eventData.Context is { } context && outboxes.TryGetValue(context, out var outbox))
            outbox.Committed(eventData.TransactionId, hasFailed: failures.HasFailed(context));
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    public override void RolledBackToSavepoint(DbTransaction transaction, TransactionEventData eventData)
    {
        if (eventData.Context is { } context && outboxes.TryGetValue(context, out var outbox))
            outbox.RolledBackToSavepoint();
    }

    public override Task RolledBackToSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        RolledBackToSavepoint(transaction, eventData);
        return Task.CompletedTask;
    }
}
