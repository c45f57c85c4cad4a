using MassTransit;

namespace Podcast.Outbox;

/// <summary>Puts <see cref="DatabaseLocks"/> where the package's <c>UsePostgres()</c> or <c>UseSqlite()</c> would be.</summary>
public static class DatabaseLocksExtensions
{
    /// <summary>Locks saga rows as the database at hand does.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<TSaga> UseDatabaseLocks<TSaga>(
        this IEntityFrameworkSagaRepositoryConfigurator<TSaga> repository)
        where TSaga : class, ISaga
    {
        repository.LockStatementProvider = new DatabaseLocks();
        return repository;
    }
}
