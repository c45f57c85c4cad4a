using MassTransit.Configuration;

namespace MassTransit;

/// <summary>Registers saga repositories on EF Core.</summary>
public static class EntityFrameworkCoreSagaRepositoryRegistrationExtensions
{
    /// <summary>Stores the instances of <typeparamref name="TSaga"/> in a <c>DbContext</c>.</summary>
    /// <exception cref="ConfigurationException">No <c>DbContext</c> was given, or no lock statement provider in pessimistic
    /// mode.</exception>
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

    /// <summary>Locks rows with PostgreSQL's <c>FOR UPDATE</c>.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<T> UsePostgres<T>(
        this IEntityFrameworkSagaRepositoryConfigurator<T> configurator)
        where T : class, ISaga
    {
        configurator.LockStatementProvider = new PostgresLockStatementProvider();
        return configurator;
    }

    /// <summary>The same, with the schema of tables whose model has none.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<T> UsePostgres<T>(
        this IEntityFrameworkSagaRepositoryConfigurator<T> configurator, string schemaName)
        where T : class, ISaga
    {
        ArgumentNullException.ThrowIfNull(schemaName);
        configurator.LockStatementProvider = new PostgresLockStatementProvider(schemaName);
        return configurator;
    }

    /// <summary>Uses no row locks, which SQLite does not have; the immediate transaction locks the file.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<T> UseSqlite<T>(
        this IEntityFrameworkSagaRepositoryConfigurator<T> configurator)
        where T : class, ISaga
    {
        configurator.LockStatementProvider = new SqliteLockStatementProvider();
        return configurator;
    }
}
