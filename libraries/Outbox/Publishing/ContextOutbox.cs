using System.Transactions;

namespace Podcast.Outbox;

/// <summary>
/// Stores the messages of a scope in its context, with one <see cref="OutboxState"/> per save. When the save is committed, by itself or
/// with its transaction, they are sent from memory. Whatever is uncertain about a commit is left to the delivery from the table.
/// </summary>
internal sealed class ContextOutbox : IDisposable
{
    private readonly DbContext context;
    private readonly PublishedOutboxes outboxes;
    private readonly TransactionEnds ends;
    private readonly Guid processId;
    private readonly Lock gate = new();
    private readonly List<(Guid? Transaction, Published Outbox)> saved = []; // in transactions whose end is not known
    private Published? current;
    private bool hasFailed;
    private bool isPartlyRolledBack;

    public ContextOutbox(DbContext context, PublishedOutboxes outboxes, TransactionEnds ends, Guid processId)
    {
        (this.context, this.outboxes, this.ends, this.processId) = (context, outboxes, ends, processId);
        context.SavedChanges += OnSaved;
        context.SaveChangesFailed += (_, _) => hasFailed = true;
    }

    /// <summary>The number of messages after which there was no <c>SaveChanges</c>.</summary>
    public int Unsaved => hasFailed ? 0 : current?.Messages.Count ?? 0;

    public void Add(OutboxMessage row)
    {
        lock (gate)
        {
            if (current is null || context.Entry(current.Row).State != EntityState.Added)
                Begin();
            row.OutboxId = current!.Id;
            current.Messages.Add(row);
            context.Add(row);
            hasFailed = false;
        }
    }

    /// <param name="transaction">The transaction's id.</param>
    /// <param name="hasFailed">True if a command failed after the save: PostgreSQL then answers COMMIT with a rollback and no
    /// error.</param>
    public void Committed(Guid transaction, bool hasFailed)
    {
        lock (gate)
        {
            foreach (var outbox in saved.Where(one => one.Transaction == transaction).Select(one => one.Outbox))
            {
                if (hasFailed || isPartlyRolledBack)
                    outboxes.Leave([outbox.Id]);
                else
                    outboxes.Commit(outbox);
            }

            saved.RemoveAll(one => one.Transaction == transaction);
            isPartlyRolledBack = false;
        }
    }

    public void RolledBackToSavepoint() => isPartlyRolledBack = true;

    /// <summary>The scope ends. What it saved in a transaction may have been committed in a way that we do not see.</summary>
    public void Dispose()
    {
        ends.Unfollow(context);
        outboxes.Leave([.. saved.Select(one => one.Outbox.Id)]);
        if (current is not null)
            outboxes.Forget(current.Id);
    }

    private bool IsInTransaction =>
        context.Database.CurrentTransaction is not null
        || context.Database.GetEnlistedTransaction() is not null
        || Transaction.Current is not null;

    /// <summary>After each save a new outbox is begun, because a saved one may already be delivered and removed.</summary>
    private void Begin()
    {
        if (current is not null)
            outboxes.Forget(current.Id);
        current = outboxes.Begin(processId);
        context.Add(current.Row);
    }

    private void OnSaved(object? sender, SavedChangesEventArgs changes)
    {
        lock (gate)
        {
            if (current is not { } outbox)
                return;

            current = null;
            if (!outbox.Messages.TrueForAll(message => message.SequenceNumber > 0))
            {
                // The context forgot some of them, or its caller will accept the changes later.
                saved.Add((null, outbox));
            }
            else if (IsInTransaction)
            {
                ends.Follow(context, this);
                saved.Add((context.Database.CurrentTransaction?.TransactionId, outbox));
            }
            else
            {
                outboxes.Commit(outbox);
            }
        }
    }
}
