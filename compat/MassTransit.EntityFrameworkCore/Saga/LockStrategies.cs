namespace MassTransit.EntityFrameworkCoreIntegration.Saga;

/// <summary>The instances that a query-correlated event addresses.</summary>
public interface SagaLockContext<TSaga>
    where TSaga : class, ISaga
{
    /// <summary>
    /// Loads the instances with tracking, and locks them if the strategy uses locks. Called within the transaction.
    /// </summary>
    Task<IList<TSaga>> Load();
}

internal sealed class PessimisticLockStrategy<TSaga>(
    ILockStatementProvider locks, Func<IQueryable<TSaga>, IQueryable<TSaga>>? customize, IsolationLevel isolationLevel)
    : ISagaRepositoryLockStrategy<TSaga>
    where TSaga : class, ISaga
{
    public IsolationLevel IsolationLevel => isolationLevel;

    /// <summary>Always true, because a lock ends with its transaction.</summary>
    public bool IsTransactionEnabled => true;

    public Task<TSaga?> Load(DbContext context, Guid correlationId, CancellationToken cancellationToken)
    {
        var locked = context.Set<TSaga>().FromSqlRaw(locks.GetRowLockStatement<TSaga>(context), correlationId);
        return (customize?.Invoke(locked) ?? locked).AsTracking().SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<SagaLockContext<TSaga>> CreateLockContext(
        DbContext context, ISagaQuery<TSaga> query, CancellationToken cancellationToken)
    {
        // All transactions lock in the same order, which avoids deadlocks between events that share instances.
        var ids = await context.Set<TSaga>().AsNoTracking()
            .Where(query.FilterExpression)
            .OrderBy(saga => saga.CorrelationId)
            .Select(saga => saga.CorrelationId)
            .ToListAsync(cancellationToken);

        return new LockOneByOne(this, context, ids, cancellationToken);
    }

    private sealed class LockOneByOne(
        PessimisticLockStrategy<TSaga> strategy, DbContext context, List<Guid> ids, CancellationToken cancellationToken)
        : SagaLockContext<TSaga>
    {
        public async Task<IList<TSaga>> Load()
        {
            var instances = new List<TSaga>(ids.Count);
            foreach (var id in ids)
            {
                if (await strategy.Load(context, id, cancellationToken) is { } instance)
                    instances.Add(instance);
            }

            return instances;
        }
    }
}

/// <summary>
/// Uses no locks: the model's concurrency token makes the second of two conflicting saves fail, and its message is retried.
/// </summary>
internal sealed class OptimisticLockStrategy<TSaga>(
    Func<IQueryable<TSaga>, IQueryable<TSaga>>? customize, IsolationLevel isolationLevel, bool withTransaction)
    : ISagaRepositoryLockStrategy<TSaga>
    where TSaga : class, ISaga
{
    public IsolationLevel IsolationLevel => isolationLevel;

    public bool IsTransactionEnabled => withTransaction;

    public Task<TSaga?> Load(DbContext context, Guid correlationId, CancellationToken cancellationToken) =>
        Instances(context).SingleOrDefaultAsync(saga => saga.CorrelationId == correlationId, cancellationToken);

    public Task<SagaLockContext<TSaga>> CreateLockContext(
        DbContext context, ISagaQuery<TSaga> query, CancellationToken cancellationToken) =>
        Task.FromResult<SagaLockContext<TSaga>>(new LoadAll(
            Instances(context).Where(query.FilterExpression).OrderBy(saga => saga.CorrelationId), cancellationToken));

    private IQueryable<TSaga> Instances(DbContext context) =>
        (customize?.Invoke(context.Set<TSaga>()) ?? context.Set<TSaga>()).AsTracking();

    private sealed class LoadAll(IQueryable<TSaga> instances, CancellationToken cancellationToken) : SagaLockContext<TSaga>
    {
        public async Task<IList<TSaga>> Load() => await instances.ToListAsync(cancellationToken);
    }
}
