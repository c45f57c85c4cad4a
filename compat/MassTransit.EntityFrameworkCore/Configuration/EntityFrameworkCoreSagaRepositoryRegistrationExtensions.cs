using MassTransit.Configuration;
using MassTransit.EntityFrameworkCoreIntegration;

namespace MassTransit;

/// <summary>Keeps sagas in a database through EF Core.</summary>
public static class EntityFrameworkCoreSagaRepositoryRegistrationExtensions
{
    /// <summary>Keeps the instances of <typeparamref name="TSaga"/> in a <c>DbContext</c>.</summary>
    /// <exception cref="ConfigurationException">No <c>DbContext</c> was named, or no lock statements in pessimistic mode.</exception>
    public static ISagaRegistrationConfigurator<TSaga> EntityFrameworkRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, Action<IEntityFrameworkSagaRepositoryConfigurator<TSaga>>? configure)
        where TSaga : class, ISaga
    {
        var repository = new EntityFrameworkSagaRepositoryConfigurator<TSaga>();
        configure?.Invoke(repository);
        repository.Validate().ThrowIfContainsFailure("The Entity Framework saga repository configuration is invalid:");

        configurator.Repository(repository.Register);
        return configurator;
    }

    /// <summary>Locks rows as PostgreSQL does: <c>FOR UPDATE</c>.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<T> UsePostgres<T>(this IEntityFrameworkSagaRepositoryConfigurator<T> configurator)
        where T : class, ISaga
    {
        configurator.LockStatementProvider = new PostgresLockStatementProvider();
        return configurator;
    }

    /// <summary>As <see cref="UsePostgres{T}(IEntityFrameworkSagaRepositoryConfigurator{T})"/>.</summary>
    /// <param name="schemaName">For tables whose model names no schema.</param>
    public static IEntityFrameworkSagaRepositoryConfigurator<T> UsePostgres<T>(
        this IEntityFrameworkSagaRepositoryConfigurator<T> configurator, string schemaName)
        where T : class, ISaga
    {
        ArgumentNullException.ThrowIfNull(schemaName);
        configurator.LockStatementProvider = new PostgresLockStatementProvider(schemaName);
        return configurator;
    }

    /// <summary>SQLite has no row locks; the transaction, immediate, is the lock.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<T> UseSqlite<T>(this IEntityFrameworkSagaRepositoryConfigurator<T> configurator)
        where T : class, ISaga
    {
        configurator.LockStatementProvider = new SqliteLockStatementProvider();
        return configurator;
    }
}
