using System.Data;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;

namespace MassTransit;

/// <summary>How a saga's instances are kept. Defaults: pessimistic, <see cref="System.Data.IsolationLevel.Serializable"/>.</summary>
public interface IEntityFrameworkSagaRepositoryConfigurator
{
    /// <summary>Lock the row while an event is handled, or let the loser of a conflict fail and be retried.</summary>
    ConcurrencyMode ConcurrencyMode { set; }

    /// <summary>Isolation of the transaction around one event; optimistic mode turns the default into read committed.</summary>
    IsolationLevel IsolationLevel { set; }

    /// <summary>Writes the statement that loads and locks one instance; pessimistic mode needs it.</summary>
    ILockStatementProvider LockStatementProvider { set; }

    /// <summary>Registers the <see cref="DbContext"/> as scoped and keeps the instances in it.</summary>
    void AddDbContext<TContext, TImplementation>(Action<IServiceProvider, DbContextOptionsBuilder<TImplementation>>? optionsAction = null)
        where TContext : DbContext
        where TImplementation : DbContext, TContext;

    /// <summary>Keeps the instances in a <see cref="DbContext"/> that is registered already; it is the one of the message's scope.</summary>
    void ExistingDbContext<TContext>()
        where TContext : DbContext;

    /// <summary>Optimistic mode, with or without a transaction around load and save.</summary>
    void SetOptimisticConcurrency(bool useTransaction = true);
}

/// <inheritdoc/>
public interface IEntityFrameworkSagaRepositoryConfigurator<TSaga> : IEntityFrameworkSagaRepositoryConfigurator
    where TSaga : class, ISaga
{
    /// <summary>Adds to the query that loads an instance, say an <c>Include</c>.</summary>
    void CustomizeQuery(Func<IQueryable<TSaga>, IQueryable<TSaga>> queryCustomization);
}
