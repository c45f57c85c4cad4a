using System.Data;
using MassTransit.EntityFrameworkCoreIntegration.Saga;
using Microsoft.EntityFrameworkCore;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>How instances are loaded so that two events at once on one instance both count.</summary>
public interface ISagaRepositoryLockStrategy<TSaga>
    where TSaga : class, ISaga
{
    IsolationLevel IsolationLevel { get; }

    bool IsTransactionEnabled { get; }

    /// <summary>Loads, tracked, and locks where the strategy locks; null when there is none.</summary>
    Task<TSaga?> Load(DbContext context, Guid correlationId, CancellationToken cancellationToken);

    /// <summary>Prepares the load of all instances that match, before the transaction begins.</summary>
    Task<SagaLockContext<TSaga>> CreateLockContext(DbContext context, ISagaQuery<TSaga> query, CancellationToken cancellationToken);
}
