using Microsoft.Data.Sqlite;
using Npgsql;

namespace Podcast.Hosting.Data;

/// <summary>
/// Lets one migrator at a time work on a database. The locks end with their holder: PostgreSQL releases a session's locks, the
/// operating system those of a process. EF Core's own lock on SQLite is a row that a killed migrator leaves behind; the holder of
/// this lock deletes it.
/// </summary>
internal sealed class MigrationLock(Func<ValueTask> release) : IAsyncDisposable
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Waits for the lock. Opens the connection of <paramref name="context"/>, which stays open until the lock is disposed.
    /// </summary>
    public static Task<MigrationLock> Take(DbContext context, string owner, CancellationToken cancellationToken) =>
        context.Database.IsNpgsql() ? TakeOnPostgres(context, owner, cancellationToken) : TakeOnSqlite(context, cancellationToken);

    public ValueTask DisposeAsync() => release();

    private static async Task<MigrationLock> TakeOnPostgres(DbContext context, string owner, CancellationToken cancellationToken)
    {
        var database = context.Database;
        await database.OpenConnectionAsync(cancellationToken);

        // If a migrator is killed during a long statement, PostgreSQL notices within 2 s and releases its locks.
        await database.ExecuteSqlAsync(
            $"SELECT set_config(name, '2000', false) FROM pg_settings WHERE name = 'client_connection_check_interval'", cancellationToken);
        database.SetCommandTimeout(0);
        var key = $"podcast migrations of {owner}";
        await database.ExecuteSqlAsync($"SELECT pg_advisory_lock(hashtextextended({key}, 0))", cancellationToken);

        // Ends the session, and with it the lock and the settings: connections are not reset when they return to the pool.
        return new MigrationLock(async () =>
        {
            NpgsqlConnection.ClearPool((NpgsqlConnection)database.GetDbConnection());
            await database.CloseConnectionAsync();
        });
    }

    private static async Task<MigrationLock> TakeOnSqlite(DbContext context, CancellationToken cancellationToken)
    {
        var path = new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource;
        var file = await OpenAlone(path + ".migrating", cancellationToken);
        try
        {
            if (File.Exists(path))
                await context.Database.ExecuteSqlAsync($"""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        return new MigrationLock(file.DisposeAsync);
    }

    /// <summary>
    /// Opens the lock file exclusively. The file is never deleted: otherwise one process could hold the deleted file locked while
    /// another locks a new one.
    /// </summary>
    private static async Task<FileStream> OpenAlone(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }
}
