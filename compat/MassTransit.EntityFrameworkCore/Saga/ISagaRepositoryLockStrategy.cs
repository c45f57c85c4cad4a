using MassTransit.EntityFrameworkCoreIntegration.Saga;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Loads instances so that two concurrent events for one instance do not overwrite each other's changes.</summary>
public interface ISagaRepositoryLockStrategy<TSaga>
    where TSaga : class, ISaga
{
    IsolationLevel IsolationLevel { get; }

    bool IsTransactionEnabled { get; }

    /// <summary>Loads an instance with tracking, and locks it if the strategy uses locks; null if it does not exist.</summary>
    Task<TSaga?> Load(DbContext context, Guid correlationId, CancellationToken cancellationToken);

    /// <summary>Prepares loading all instances that match the query; called before the transaction begins.</summary>
    Task<SagaLockContext<TSaga>> CreateLockContext(DbContext context, ISagaQuery<TSaga> query, CancellationToken cancellationToken);
}
