namespace MassTransit;

/// <summary>
/// Configures how saga instances are stored. Defaults: pessimistic, <see cref="System.Data.IsolationLevel.Serializable"/>.
/// </summary>
public interface IEntityFrameworkSagaRepositoryConfigurator
{
    /// <summary>
    /// Pessimistic locks the row while an event is handled; optimistic lets the second of two conflicting saves fail, to be
    /// retried.
    /// </summary>
    ConcurrencyMode ConcurrencyMode { set; }

    /// <summary>
    /// The isolation level of the transaction around one event; optimistic mode changes the default to read committed.
    /// </summary>
    IsolationLevel IsolationLevel { set; }

    /// <summary>Provides the statement that loads and locks one instance; required in pessimistic mode.</summary>
    ILockStatementProvider LockStatementProvider { set; }

    /// <summary>Registers the <see cref="DbContext"/> as scoped and stores the instances in it.</summary>
    void AddDbContext<TContext, TImplementation>(Action<IServiceProvider, DbContextOptionsBuilder<TImplementation>>? optionsAction = null)
        where TContext : DbContext
        where TImplementation : DbContext, TContext;

    /// <summary>Stores the instances in a registered <see cref="DbContext"/>, resolved from the message's scope.</summary>
    void ExistingDbContext<TContext>()
        where TContext : DbContext;

    /// <summary>Selects optimistic mode, with or without a transaction around load and save.</summary>
    void SetOptimisticConcurrency(bool useTransaction = true);
}

/// <inheritdoc/>
public interface IEntityFrameworkSagaRepositoryConfigurator<TSaga> : IEntityFrameworkSagaRepositoryConfigurator
    where TSaga : class, ISaga
{
    /// <summary>Changes the query that loads an instance, for example by an <c>Include</c>.</summary>
    void CustomizeQuery(Func<IQueryable<TSaga>, IQueryable<TSaga>> queryCustomization);
}
