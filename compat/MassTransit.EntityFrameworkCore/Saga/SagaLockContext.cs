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
