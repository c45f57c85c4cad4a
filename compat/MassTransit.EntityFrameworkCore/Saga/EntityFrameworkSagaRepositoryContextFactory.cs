using MassTransit.Middleware;

namespace MassTransit.EntityFrameworkCoreIntegration.Saga;

/// <summary>Handles each event in its own transaction, or in the transaction of the outbox around it.</summary>
internal sealed class EntityFrameworkSagaRepositoryContextFactory<TSaga>(
    ISagaDbContextFactory<TSaga> contexts,
    ISagaConsumeContextFactory<DbContext, TSaga> consumeContexts,
    ISagaRepositoryLockStrategy<TSaga> locks)
    : ISagaRepositoryContextFactory<TSaga>, IQuerySagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISaga
{
    public void Probe(ProbeContext context) => context.Add("persistence", "entity-framework");

    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class =>
        Run(context, (dbContext, withinTransaction) => withinTransaction(async () =>
        {
            using var instances = new DbContextSagaRepositoryContext<TSaga, T>(dbContext, context, consumeContexts, locks);
            await next.Send(instances);
        }));

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class =>
        Run(context, async (dbContext, withinTransaction) =>
        {
            var matching = await locks.CreateLockContext(dbContext, query, context.CancellationToken);
            await withinTransaction(async () =>
            {
                var loaded = await matching.Load();
                using var instances = new DbContextSagaRepositoryContext<TSaga, T>(dbContext, context, consumeContexts, locks);
                await next.Send(new LoadedSagaRepositoryQueryContext<TSaga, T>(instances, loaded));
            });
        });

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class =>
        Read(asyncMethod, cancellationToken);

    public Task<T> Execute<T>(Func<QuerySagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class =>
        Read(asyncMethod, cancellationToken);

    /// <summary>
    /// Runs a read-only query without a transaction, because an immediate transaction would wait for writers on SQLite.
    /// </summary>
    private async Task<T> Read<T>(Func<ReadOnlySagaRepositoryContext<TSaga>, Task<T>> read, CancellationToken cancellationToken)
    {
        var dbContext = contexts.Create();
        try
        {
            return await read(new ReadOnlySagaRepositoryContext<TSaga>(dbContext, cancellationToken));
        }
        finally
        {
            await contexts.ReleaseAsync(dbContext);
        }
    }

    private async Task Run<T>(ConsumeContext<T> context, Func<DbContext, Func<Func<Task>, Task>, Task> handle)
        where T : class
    {
        var dbContext = contexts.CreateScoped(context);
        try
        {
            // Use only a strategy that retries: Npgsql's default strategy wraps exceptions, which hides them from retry filters.
            if (context.TryGetPayload<DbTransactionContext>(out _))
                await handle(dbContext, work => work());
            else if (dbContext.Database.CreateExecutionStrategy() is { RetriesOnFailure: true } strategy)
                await strategy.ExecuteAsync(() => handle(dbContext, WithinTransaction));
            else
                await handle(dbContext, WithinTransaction);
        }
        finally
        {
            await contexts.ReleaseAsync(dbContext);
        }

        Task WithinTransaction(Func<Task> work) => this.WithinTransaction(dbContext, work, context.CancellationToken);
    }

    private async Task WithinTransaction(DbContext dbContext, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = locks.IsTransactionEnabled
                ? await dbContext.Database.BeginTransactionAsync(locks.IsolationLevel, cancellationToken)
                : null;

            await work();

            if (transaction is not null)
                await transaction.CommitAsync(cancellationToken);
        }
        catch
        {
            // After the rollback the tracked entities do not match the database; a retry in this scope must load them again.
            dbContext.ChangeTracker.Clear();
            throw;
        }
    }
}

/// <summary>Reads instances outside of a message, without tracking and locks.</summary>
internal sealed class ReadOnlySagaRepositoryContext<TSaga>(DbContext dbContext, CancellationToken cancellationToken)
    : BasePipeContext(cancellationToken), QuerySagaRepositoryContext<TSaga>, LoadSagaRepositoryContext<TSaga>
    where TSaga : class, ISaga
{
    public async Task<TSaga> Load(Guid correlationId) =>
        (await dbContext.Set<TSaga>().AsNoTracking().SingleOrDefaultAsync(saga => saga.CorrelationId == correlationId, CancellationToken))!;

    public async Task<SagaRepositoryQueryContext<TSaga>> Query(ISagaQuery<TSaga> query, CancellationToken cancellationToken = default)
    {
        var ids = await dbContext.Set<TSaga>().AsNoTracking()
            .Where(query.FilterExpression)
            .Select(saga => saga.CorrelationId)
            .ToListAsync(cancellationToken);

        return new DefaultSagaRepositoryQueryContext<TSaga>(this, ids);
    }
}
