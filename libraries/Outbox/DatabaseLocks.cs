namespace Podcast.Outbox;

/// <summary>
/// Lock statements for PostgreSQL or SQLite, chosen at run time by the provider of the <see cref="DbContext"/>.
/// </summary>
public sealed class DatabaseLocks : ILockStatementProvider
{
    // Not cached: the package caches table names per entity type for the whole process, but a type may be in two databases.
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
