using MassTransit.EntityFrameworkCoreIntegration.Saga;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Provides the <see cref="DbContext"/> of a saga repository.</summary>
public interface ISagaDbContextFactory<out TSaga>
    where TSaga : class, ISaga
{
    /// <summary>The context for a query outside of a message.</summary>
    DbContext Create();

    /// <summary>The context of the message's scope.</summary>
    DbContext CreateScoped<T>(ConsumeContext<T> context)
        where T : class;

    /// <summary>Releases the context.</summary>
    ValueTask ReleaseAsync(DbContext dbContext);
}

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

/// <summary>A payload which shows that an outer filter has begun a transaction that the saga repository must join.</summary>
public interface DbTransactionContext
{
    Guid TransactionId { get; }
}
