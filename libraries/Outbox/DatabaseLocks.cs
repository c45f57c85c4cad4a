using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Podcast.Outbox;

/// <summary>Lock statements for PostgreSQL or SQLite, chosen by the provider of the <see cref="DbContext"/>.</summary>
public sealed class DatabaseLocks : ILockStatementProvider
{
    // The package's own cache is per entity type for the whole process, but a type may be in two databases: ours is per model.
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<Type, string>> RowLocks = [];
    private static readonly PostgresLockStatementProvider Postgres = new(enableSchemaCaching: false);
    private static readonly SqliteLockStatementProvider Sqlite = new(enableSchemaCaching: false);

    public string GetRowLockStatement<T>(DbContext context)
        where T : class =>
        RowLocks.GetOrCreateValue(context.Model).GetOrAdd(
            typeof(T), static (_, context) => For(context).GetRowLockStatement<T>(context), context);

    public string GetRowLockStatement<T>(DbContext context, params string[] propertyNames)
        where T : class =>
        For(context).GetRowLockStatement<T>(context, propertyNames);

    public string GetOutboxStatement(DbContext context) => For(context).GetOutboxStatement(context);

    private static ILockStatementProvider For(DbContext context) => context.IsPostgres() ? Postgres : Sqlite;
}

/// <summary>Chooses by the database in use.</summary>
public static class DatabaseLocksExtensions
{
    // EF Core reads the name from an assembly's attributes each time.
    private static readonly ConditionalWeakTable<IModel, string> providers = [];

    /// <summary>Locks saga rows with <see cref="DatabaseLocks"/>, instead of the package's <c>UsePostgres()</c>.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<TSaga> UseDatabaseLocks<TSaga>(
        this IEntityFrameworkSagaRepositoryConfigurator<TSaga> repository)
        where TSaga : class, ISaga
    {
        repository.LockStatementProvider = new DatabaseLocks();
        return repository;
    }

    /// <summary>True on PostgreSQL, false on SQLite.</summary>
    /// <exception cref="NotSupportedException">The context uses another database.</exception>
    internal static bool IsPostgres(this DbContext context) =>
        providers.GetValue(context.Model, _ => context.Database.ProviderName!) switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => true,
            "Microsoft.EntityFrameworkCore.Sqlite" => false,
            var other => throw new NotSupportedException($"No outbox on {other}: use PostgreSQL or SQLite"),
        };
}
