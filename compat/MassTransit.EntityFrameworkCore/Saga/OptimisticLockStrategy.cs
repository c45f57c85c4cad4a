namespace MassTransit.EntityFrameworkCoreIntegration.Saga;

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
