using Npgsql;

namespace Podcast.Testing;

/// <summary>
/// The PostgreSQL server of a test process: the one that <c>PODCAST_TEST_POSTGRES</c> names by a superuser's connection string,
/// else one of <see cref="SharedServers"/>.
/// </summary>
public static class PostgresServer
{
    private const string Setting = "PODCAST_TEST_POSTGRES";

    private static readonly Lazy<Task<string>> Server = new(Start);

    /// <summary>Creates an empty database. Disposing drops it.</summary>
    public static async Task<PostgresDatabase> CreateDatabase()
    {
        var server = await Server.Value;
        var name = $"test_{Guid.NewGuid():N}";
        await Execute(server, $"CREATE DATABASE {name}");
        return new PostgresDatabase(server, name);
    }

    internal static async Task Execute(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name is ours
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static Task<string> Start() =>
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given ? Task.FromResult(given) : SharedServers.StartPostgres();
}

/// <summary>A database of one test class.</summary>
public sealed class PostgresDatabase(string server, string name) : IAsyncDisposable
{
    /// <summary>The connection string for Npgsql.</summary>
    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = true }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await PostgresServer.Execute(server, $"DROP DATABASE {name} WITH (FORCE)");
    }
}
