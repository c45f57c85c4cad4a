using MassTransit.Context;
using MassTransit.Logging;

namespace MassTransit.EntityFrameworkCoreIntegration.Saga;

/// <summary>Loads and saves the instances of one saga for one message, on the scope's <see cref="DbContext"/>.</summary>
internal sealed class DbContextSagaRepositoryContext<TSaga, TMessage>(
    DbContext dbContext,
    ConsumeContext<TMessage> context,
    ISagaConsumeContextFactory<DbContext, TSaga> consumeContexts,
    ISagaRepositoryLockStrategy<TSaga> locks)
    : ConsumeContextScope<TMessage>(context, dbContext), SagaRepositoryContext<TSaga, TMessage>, IDisposable
    where TSaga : class, ISaga
    where TMessage : class
{
    private readonly ConsumeContext<TMessage> message = context;
    private readonly SemaphoreSlim oneAtATime = new(1);

    public void Dispose() => oneAtATime.Dispose();

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) =>
        consumeContexts.CreateSagaConsumeContext(dbContext, message, instance, SagaConsumeContextMode.Add);

    /// <summary>
    /// Inserts the instance before the event is handled. Returns null if it exists already; the caller then loads it.
    /// </summary>
    public async Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance)
    {
        dbContext.Add(instance);
        try
        {
            await SaveWithSavepoint();
        }
        catch (DbUpdateException exception)
        {
            dbContext.Entry(instance).State = EntityState.Detached;
            message.LogInsertFault<TSaga, TMessage>(exception, instance.CorrelationId);
            return null!;
        }

        message.LogInsert<TSaga, TMessage>(instance.CorrelationId);
        return await consumeContexts.CreateSagaConsumeContext(dbContext, message, instance, SagaConsumeContextMode.Insert);
    }

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId) =>
        await locks.Load(dbContext, correlationId, CancellationToken) is { } instance
            ? await consumeContexts.CreateSagaConsumeContext(dbContext, message, instance, SagaConsumeContextMode.Load)
            : null!;

    public Task Save(SagaConsumeContext<TSaga> context) => SaveChanges(() => dbContext.Add(context.Saga));

    public Task Update(SagaConsumeContext<TSaga> context) => SaveChanges(() => { });

    public Task Delete(SagaConsumeContext<TSaga> context) => SaveChanges(() => dbContext.Remove(context.Saga));

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    /// <summary>Reverts the changes of a read-only event in memory; otherwise the next save would write them.</summary>
    public Task Undo(SagaConsumeContext<TSaga> context)
    {
        var entry = dbContext.Entry(context.Saga);
        if (entry.State is EntityState.Modified or EntityState.Unchanged)
        {
            entry.CurrentValues.SetValues(entry.OriginalValues);
            entry.State = EntityState.Unchanged;
        }

        return Task.CompletedTask;
    }

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(
        ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class =>
        consumeContexts.CreateSagaConsumeContext(dbContext, consumeContext, instance, mode);

    private async Task SaveChanges(Action prepare)
    {
        await oneAtATime.WaitAsync(CancellationToken);
        try
        {
            prepare();
            await dbContext.SaveChangesAsync(CancellationToken);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>
    /// Saves with a savepoint: on PostgreSQL a failed INSERT aborts the transaction unless it can roll back to one, and EF Core's
    /// automatic savepoints may be disabled.
    /// </summary>
    private async Task SaveWithSavepoint()
    {
        var before = dbContext.Database.AutoSavepointsEnabled;
        dbContext.Database.AutoSavepointsEnabled = true;
        try
        {
            await dbContext.SaveChangesAsync(CancellationToken);
        }
        finally
        {
            dbContext.Database.AutoSavepointsEnabled = before;
        }
    }
}
