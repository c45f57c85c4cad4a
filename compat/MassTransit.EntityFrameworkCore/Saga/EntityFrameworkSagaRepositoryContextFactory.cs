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
            await Run(context, dbContext, handle);
        }
        finally
        {
            await contexts.ReleaseAsync(dbContext);
        }
    }

    private async Task Run(ConsumeContext context, DbContext dbContext, Func<DbContext, Func<Func<Task>, Task>, Task> handle)
    {
        if (context.TryGetPayload<DbTransactionContext>(out _))
        {
            await handle(dbContext, work => work());
            return;
        }

        // Use only a strategy that retries: Npgsql's default strategy wraps exceptions, which hides them from retry filters.
        var strategy = dbContext.Database.CreateExecutionStrategy();
        if (strategy.RetriesOnFailure)
            await strategy.ExecuteAsync(() => handle(dbContext, WithinTransaction));
        else
            await handle(dbContext, WithinTransaction);

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
