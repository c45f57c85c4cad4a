using System.Data;
using System.Diagnostics;

namespace Podcast.Outbox;

/// <summary>
/// Consumes a message in one transaction per consumer: the inbox row, the writes of the consumer or saga, and its outgoing
/// messages. The outgoing messages are sent from memory right after the commit, and then the incoming one is acknowledged. Their
/// rows are removed later in batches; if the process crashes in between, another process sends them from the rows.
/// </summary>
internal sealed class LeanOutboxContextFactory<TDbContext>(
    TDbContext dbContext,
    IServiceProvider provider,
    OutboxStore<TDbContext> store,
    DeliveryBacklog<TDbContext> backlog,
    ConsumedDelivery<TDbContext> delivery,
    FailedCommandInterceptor failures,
    TimeProvider clock)
    : IOutboxContextFactory<TDbContext>
    where TDbContext : DbContext
{
    public void Probe(ProbeContext context) => context.CreateFilterScope("outboxContextFactory").Add("provider", "lean");

    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        var messageId = context.GetOriginalMessageId() ?? throw new MessageException(typeof(T), "MessageId required to use the outbox");
        var watch = Stopwatch.StartNew();
        var isReported = false;
        Consumed? consumed = null;
        var savepoints = dbContext.Database.AutoSavepointsEnabled;
        dbContext.SavingChanges += ChooseSavepoint;
        try
        {
            using var turn = await store.Turn(dbContext, context.CancellationToken);
            await using var transaction = await dbContext.Database.BeginTransactionAsync(
                IsolationLevel.ReadCommitted, context.CancellationToken);
            failures.Forget(dbContext);
            var inserted = await store.Statements(dbContext).TryConsume(
                dbContext, [(messageId, options.ConsumerId)], store.ProcessId, context.CancellationToken);
            long? inboxId = inserted.Count > 0 ? inserted.Values.Single() : null;
            var outbox = new LeanConsumeContext<T>(
                context, options, provider, dbContext, messageId, isDuplicate: inboxId is null, clock);

            isReported = true;
            await next.Send(outbox);
            isReported = false;

            if (inboxId is not null)
            {
                await failures.Check(dbContext, context.CancellationToken);
                consumed = new Consumed((messageId, options.ConsumerId), inboxId.Value, outbox.Messages);
                await backlog.Commit([consumed], transaction);
            }
        }
        catch (Exception exception)
        {
            // The next attempt may use the same context, whose tracked entities no longer match the database.
            dbContext.ChangeTracker.Clear();

            // The pipe reports exceptions of the consumer. Exceptions around it, above all of the commit, must be reported as a
            // Fault<T> as well.
            if (!isReported)
                await context.NotifyFaulted(watch.Elapsed, options.ConsumerType, exception);
            throw;
        }
        finally
        {
            dbContext.SavingChanges -= ChooseSavepoint;
            dbContext.Database.AutoSavepointsEnabled = savepoints;
        }

        if (consumed is not null)
        {
            await delivery.Send(consumed, context.CancellationToken);
            return;
        }

        delivery.Drop((messageId, options.ConsumerId));
    }

    /// <summary>
    /// Enables savepoints only for saves that insert a saga instance. EF Core would add two round trips to every save, but only
    /// this insert may fail and be recovered from (when another delivery has inserted the instance), which PostgreSQL allows only
    /// with a savepoint.
    /// </summary>
    private void ChooseSavepoint(object? sender, SavingChangesEventArgs saving)
    {
        // The save itself detects changes right after this; the entries would detect them once more.
        var tracker = dbContext.ChangeTracker;
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        dbContext.Database.AutoSavepointsEnabled = tracker.Entries<ISaga>().Any(entry => entry.State == EntityState.Added);
        tracker.AutoDetectChangesEnabled = detects;
    }
}
