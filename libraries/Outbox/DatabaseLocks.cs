using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Outbox;

/// <summary>
/// Lock statements for the database that a <see cref="DbContext"/> turns out to be on: ours decide at run time between
/// PostgreSQL and a SQLite file.
/// </summary>
public sealed class DatabaseLocks : ILockStatementProvider
{
    // Uncached: the package caches names per entity type for the whole process, although one type may be in two databases.
    private static readonly PostgresLockStatementProvider Postgres = new(enableSchemaCaching: false);
    private static readonly SqliteLockStatementProvider Sqlite = new(enableSchemaCaching: false);

    /// <inheritdoc/>
    public string GetRowLockStatement<T>(DbContext context)
        where T : class =>
        For(context).GetRowLockStatement<T>(context);

    /// <inheritdoc/>
    public string GetRowLockStatement<T>(DbContext context, params string[] propertyNames)
        where T : class =>
        For(context).GetRowLockStatement<T>(context, propertyNames);

    /// <inheritdoc/>
    public string GetOutboxStatement(DbContext context) => For(context).GetOutboxStatement(context);

    private static ILockStatementProvider For(DbContext context) => context.Database.ProviderName switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => Postgres,
        "Microsoft.EntityFrameworkCore.Sqlite" => Sqlite,
        var other => throw new NotSupportedException($"No lock statements for {other}: use PostgreSQL or SQLite"),
    };
}
