namespace MassTransit.EntityFrameworkCoreIntegration.Saga;

/// <summary>The instances that a query-correlated event is for.</summary>
public interface SagaLockContext<TSaga>
    where TSaga : class, ISaga
{
    /// <summary>Loads them, tracked, and locked where the strategy locks. Called within the transaction.</summary>
    Task<IList<TSaga>> Load();
}
