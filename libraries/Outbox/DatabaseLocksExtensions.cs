namespace Podcast.Outbox;

/// <summary>Configures <see cref="DatabaseLocks"/> instead of the package's <c>UsePostgres()</c> or <c>UseSqlite()</c>.</summary>
public static class DatabaseLocksExtensions
{
    /// <summary>Locks saga rows with the statements of the database in use.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<TSaga> UseDatabaseLocks<TSaga>(
        this IEntityFrameworkSagaRepositoryConfigurator<TSaga> repository)
        where TSaga : class, ISaga
    {
        repository.LockStatementProvider = new DatabaseLocks();
        return repository;
    }
}
