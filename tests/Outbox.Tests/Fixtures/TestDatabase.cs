using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Podcast.Testing;

namespace Podcast.Outbox.Tests.Fixtures;

public enum Db
{
    Sqlite,
    Postgres,
}

/// <summary>A database of one test.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TemporaryDirectory? directory;
    private readonly PostgresDatabase? postgres;

    private TestDatabase(Db kind, TemporaryDirectory? directory, PostgresDatabase? postgres)
    {
        Kind = kind;
        this.directory = directory;
        this.postgres = postgres;
        ConnectionString = postgres?.ConnectionString ?? $"Data Source={directory!["outbox.db"]};Default Timeout=30";
    }

    public Db Kind { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> Create(Db kind) => kind == Db.Sqlite
        ? new TestDatabase(kind, new TemporaryDirectory(), null)
        : new TestDatabase(kind, null, await PostgresServer.CreateDatabase());

    public static void Use(DbContextOptionsBuilder options, Db kind, string connectionString)
    {
        if (kind == Db.Sqlite)
            options.UseSqlite(connectionString);
        else
            options.UseNpgsql(connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (directory is not null)
        {
            SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
            directory.Dispose();
        }

        if (postgres is not null)
            await postgres.DisposeAsync();
    }
}
