using Npgsql;

namespace Podcast.Testing;

/// <summary>
/// A private PostgreSQL server from the installed binaries. It can be stopped by any signal and restarted with its data. It ends
/// with this process, and its data is deleted.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string[] command;
    private readonly string log;
    private ChildProcess server;

    private PrivatePostgres(string binaries, string directory, int port, bool isDurable)
    {
        Directory = directory;
        log = Path.Combine(directory, "log");
        command =
        [
            .. AsPostgres, Path.Combine(binaries, "postgres"), "-D", Path.Combine(directory, "data"), "-p", $"{port}",
            .. Set("listen_addresses=127.0.0.1"), .. Set("unix_socket_directories="), .. Set("max_connections=300"),
            .. isDurable
                ? [.. Set("shared_buffers=512MB"), .. Set("shared_preload_libraries=pg_stat_statements"), .. Set("max_wal_size=4GB")]
                : (string[])[.. Set("shared_buffers=64MB"), .. Set("fsync=off"), .. Set("full_page_writes=off")],
        ];
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;SSL Mode=Disable;Pooling=false";
        server = Launch();
    }

    /// <summary>The connection string of the superuser, without pooling.</summary>
    public string ConnectionString { get; }

    private string Directory { get; }

    // The server refuses to run as root.
    private static string[] AsPostgres => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        : [];

    /// <summary>The process of the server; all others are its children.</summary>
    public int ProcessId => server.Id;

    /// <param name="isDurable">True for benchmarks: with <c>fsync</c> and <c>pg_stat_statements</c>. Tests do without, for speed.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start.</exception>
    public static async Task<PrivatePostgres> Start(bool isDurable = false)
    {
        var binaries = Binaries() ?? throw new InvalidOperationException("PostgreSQL is not installed (apt-get install postgresql).");
        const string prepare = """
            directory=$(mktemp -d /tmp/podcast-postgres-XXXXXX) || exit 1
            "$0" -D "$directory/data" -U postgres --auth=trust --no-sync -E UTF8 --locale=C >"$directory/log" 2>&1 || { cat "$directory/log"; exit 1; }
            echo "$directory"
            """;
        var made = await ChildProcess.Run(
            TimeSpan.FromMinutes(1), new Dictionary<string, string>(),
            [.. AsPostgres, "sh", "-c", prepare, Path.Combine(binaries, "initdb")]);

        ProcessReaper.Owns(made.Trim());
        var started = new PrivatePostgres(binaries, made.Trim(), Ports.Free()[0], isDurable);
        await started.Ready(again: false);
        return started;
    }

    /// <summary>
    /// Stops the server: <see cref="Signal.Interrupt"/> is an orderly (fast) shutdown, <see cref="Signal.Quit"/> an immediate
    /// one.
    /// </summary>
    public Task End(Signal how) => server.End(how, TimeSpan.FromSeconds(20));

    /// <summary>Starts the server again after <see cref="End"/> and waits until it answers.</summary>
    public async Task StartAgain()
    {
        server = Launch();
        await Ready(again: true);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await Eventually.Holds(Removed, "removal of the server's files");
    }

    private static string[] Set(string setting) => ["-c", setting];

    private static string? Binaries() => System.IO.Directory.Exists("/usr/lib/postgresql")
        ? System.IO.Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(System.IO.Directory.Exists).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private ChildProcess Launch() => new(log, new Dictionary<string, string>(), command);

    /// <summary>
    /// After a kill, orphaned backends may hold the old shared memory for a moment and prevent the new server from starting; then
    /// it is launched again.
    /// </summary>
    private Task Ready(bool again) => Eventually.Holds(
        async () =>
        {
            if (!server.IsRunning && !again)
                throw new InvalidOperationException($"The private PostgreSQL server ended: {server.Output}");
            if (!server.IsRunning)
                server = Launch();
            return await Answers();
        },
        "the private PostgreSQL server answers", TimeSpan.FromMinutes(1));

    private async Task<bool> Answers()
    {
        try
        {
            await PostgresServer.Execute(ConnectionString, "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private bool Removed()
    {
        try
        {
            System.IO.Directory.Delete(Directory, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false; // the last server processes have not ended yet
        }
    }
}
