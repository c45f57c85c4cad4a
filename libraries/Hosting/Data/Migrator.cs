using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Hosting.Data;

/// <summary>A database that this host owns.</summary>
internal sealed record OwnedDatabase(string Owner, Type Context)
{
    public DbContext In(AsyncServiceScope scope) => (DbContext)scope.ServiceProvider.GetRequiredService(Context);
}

/// <summary>Applies migrations and lists those that are missing.</summary>
internal sealed class Migrator(IServiceScopeFactory scopes)
{
    /// <summary>Applies the missing migrations while no other migrator works on the database; returns their names.</summary>
    public async Task<IReadOnlyList<string>> Migrate(OwnedDatabase database, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = database.In(scope);
        if (!context.Database.GetMigrations().Any())
            return [];

        await using var alone = await MigrationLock.Take(context, database.Owner, cancellationToken);
        var missing = await Missing(context, database.Owner, cancellationToken);
        if (missing.Count == 0)
            return missing;

        if (context.Database.IsNpgsql())
            await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        return missing;
    }

    /// <summary>The migrations that are not applied. Throws the database's exception if it does not answer.</summary>
    public async Task<IReadOnlyList<string>> Missing(OwnedDatabase database, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Missing(database.In(scope), database.Owner, cancellationToken);
    }

    public async Task<bool> MayMigrateOnStart(OwnedDatabase database, DataOptions options)
    {
        await using var scope = scopes.CreateAsyncScope();
        return options.MigrateOnStart ?? database.In(scope).Database.IsSqlite();
    }

    private static async Task<IReadOnlyList<string>> Missing(DbContext context, string owner, CancellationToken cancellationToken)
    {
        var isNew = context.Database.IsNpgsql() && !await HasHistory(context, owner, cancellationToken);
        return [.. isNew ? context.Database.GetMigrations() : await context.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    /// <summary>
    /// Checks for the history table. Npgsql's own check queries the table itself and logs an error if it does not exist.
    /// </summary>
    private static Task<bool> HasHistory(DbContext context, string owner, CancellationToken cancellationToken)
    {
        var table = $"\"{owner}\".\"{Database.History}\"";
        return context.Database.SqlQuery<bool>($"""SELECT to_regclass({table}) IS NOT NULL AS "Value" """).SingleAsync(cancellationToken);
    }
}
