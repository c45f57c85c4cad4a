using System.Data;
using System.Diagnostics;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Podcast.Outbox;

/// <summary>
/// One transaction per message and consumer: the inbox row, whatever the consumer or saga writes, and what it sends. The messages leave
/// right after the commit, from memory; the incoming one is acknowledged after that. Their rows are removed later, many at a time, and
/// are what a crash in between leaves for others to send.
/// </summary>
internal sealed class LeanOutboxContextFactory<TDbContext>(
    TDbContext dbContext,
    IServiceProvider provider,
    OutboxStore<TDbContext> store,
    DeliveryBacklog<TDbContext> afterwards,
    MessageSender sender,
    FailedCommandInterceptor failures,
    TimeProvider clock,
    ILogger<LeanOutboxContextFactory<TDbContext>> logger)
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
        Consumed? consumed;
        try
        {
            var strategy = dbContext.Database.CreateExecutionStrategy();
            consumed = strategy.RetriesOnFailure ? await strategy.ExecuteAsync(Consume) : await Consume();
        }
        catch (Exception exception) when (!isReported)
        {
            // What the consumer throws is reported by the pipe. What fails around it, the commit above all, must become a Fault<T> as well.
            await context.NotifyFaulted(watch.Elapsed, options.ConsumerType, exception);
            throw;
        }

        if (consumed is not null)
            await Deliver(consumed, context.CancellationToken);
        else
            afterwards.Duplicate((messageId, options.ConsumerId));

        async Task<Consumed?> Consume()
        {
            using var turn = await store.Turn(dbContext, context.CancellationToken);
            var savepoints = dbContext.Database.AutoSavepointsEnabled;
            try
            {
                dbContext.SavingChanges += ChooseSavepoint;
                await using var transaction = await dbContext.Database.BeginTransactionAsync(
                    IsolationLevel.ReadCommitted, context.CancellationToken);
                var inboxId = await store.Statements(dbContext).TryConsume(
                    dbContext, messageId, options.ConsumerId, store.ProcessId, context.CancellationToken);
                var outbox = new LeanConsumeContext<T>(
                    context, options, provider, dbContext, messageId, isDuplicate: inboxId is null, clock);

                isReported = true;
                await next.Send(outbox);
                isReported = false;

                if (inboxId is null)
                {
                    logger.DuplicateDropped(messageId);
                    return null;
                }

                await failures.Check(dbContext, context.CancellationToken);
                var work = new Consumed((messageId, options.ConsumerId), inboxId.Value, outbox.Messages);
                await afterwards.Commit(work, transaction);
                return work;
            }
            catch
            {
                // The next attempt may find this context again; what it believes was rolled back.
                dbContext.ChangeTracker.Clear();
                throw;
            }
            finally
            {
                dbContext.SavingChanges -= ChooseSavepoint;
                dbContext.Database.AutoSavepointsEnabled = savepoints;
            }
        }
    }

    /// <summary>
    /// EF would put two round trips around every save. Only the insert of a saga's instance may fail and be gone on from, when somebody
    /// else has inserted it; PostgreSQL needs the savepoint for that.
    /// </summary>
    private void ChooseSavepoint(object? sender, SavingChangesEventArgs saving) =>
        dbContext.Database.AutoSavepointsEnabled = dbContext.ChangeTracker.Entries<ISaga>().Any(entry => entry.State == EntityState.Added);

    /// <summary>
    /// The effect is committed: from here on nothing is a fault of the message any more. What cannot be sent now stays a row.
    /// </summary>
    private async Task Deliver(Consumed work, CancellationToken cancellationToken)
    {
        CrashPoint.Reach(CrashPoint.Committed);
        var results = work.Messages.Count == 0
            ? []
            : await sender.Send(work.Messages, store.Options.SendTimeout, again: _ => false, cancellationToken);

        CrashPoint.Reach(CrashPoint.Confirmed);
        afterwards.Finish(work, results);
        if (results.FirstOrDefault(result => !result.Succeeded) is { Failure: { } failure })
            logger.NotSentYet(failure, results.Count(result => !result.Succeeded), work.Key.MessageId);
    }
}
