using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Podcast.Testing;

/// <summary>
/// One PostgreSQL server per test process: the one that <c>PODCAST_TEST_POSTGRES</c> names (the connection string of a superuser), else a
/// private one of the installed binaries, which ends with this process, however that ends.
/// </summary>
public static class PostgresServer
{
    private const string Setting = "PODCAST_TEST_POSTGRES";

    private static readonly Lazy<Task<string>> Server = new(Start);

    /// <summary>Makes an empty database; dispose it to drop it.</summary>
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

    private static async Task<string> Start()
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given)
            return given;

        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).Order().LastOrDefault()
            : null;
        if (binaries is null)
        {
            throw new InvalidOperationException(
                $"These tests need PostgreSQL: install it (apt-get install postgresql) or set {Setting} to a superuser's connection string");
        }

        var port = FreePort();

        // The server refuses to run as root. It lives as long as our end of the pipe is open.
        var script = $$"""
            dir=$(mktemp -d /tmp/podcast-postgres-XXXXXX) || exit 1
            trap 'rm -rf "$dir"' EXIT
            fail() { cat "$dir/log" >&2; exit 1; }
            exec 3<&0
            {{binaries}}/initdb -D "$dir/data" -U postgres --auth=trust --no-sync -E UTF8 --locale=C >"$dir/log" 2>&1 || fail
            {{binaries}}/postgres -D "$dir/data" -p {{port}} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
                -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB >"$dir/log" 2>&1 &
            server=$!
            (read -r _ <&3; kill -INT $server) &
            wait $server || fail
            """;
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", "sh", "-c", script])
            : new ProcessStartInfo("sh", ["-c", script]);
        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = "/";

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.StandardInput.Close();
            process.WaitForExit(TimeSpan.FromSeconds(10));
        };

        var server = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;SSL Mode=Disable;Pooling=false";
        await Eventually.Holds(
            async () => process.HasExited
                ? throw new InvalidOperationException($"The private PostgreSQL server ended: {await errors}")
                : await Answers(server),
            "the private PostgreSQL server answers",
            TimeSpan.FromSeconds(60));
        return server;
    }

    private static async Task<bool> Answers(string server)
    {
        try
        {
            await Execute(server, "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A database of one test class.</summary>
public sealed class PostgresDatabase(string server, string name) : IAsyncDisposable
{
    /// <summary>For Npgsql.</summary>
    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = true }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        await PostgresServer.Execute(server, $"DROP DATABASE {name} WITH (FORCE)");
    }
}
