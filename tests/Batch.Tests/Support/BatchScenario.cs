using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Podcast.Batch.Cli;
using Podcast.Testing;
using Spectre.Console;

namespace Podcast.Batch.Tests.Support;

/// <summary>
/// A team with a table, an account at (emulated) Ittybit and a shell. The table is the tutorial's own, as Laravel makes it, unless a
/// test makes another.
/// </summary>
public sealed class BatchScenario : IAsyncDisposable
{
    /// <summary>Options that leave no time to waste; what a test says comes after and counts.</summary>
    private static readonly string[] Hurry =
        ["--delay", "0", "--poll-interval", "50ms", "--rate", "500", "--grace", "300ms", "--deadline", "4m", "--patience", "2m"];

    /// <summary>So long a command may take before its test fails: longer than its deadline, so that it can say what it waited for.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private const string LaravelOnSqlite = """
        CREATE TABLE media (
            id integer PRIMARY KEY AUTOINCREMENT NOT NULL, url varchar NOT NULL, ittybit_task_id varchar,
            processing_status varchar NOT NULL DEFAULT 'pending', output_url varchar, processed_at datetime,
            created_at datetime, updated_at datetime)
        """;

    private const string LaravelOnPostgres = """
        CREATE TABLE media (
            id bigserial PRIMARY KEY, url varchar(255) NOT NULL, ittybit_task_id varchar(255),
            processing_status varchar(255) NOT NULL DEFAULT 'pending', output_url varchar(255), processed_at timestamp(0),
            created_at timestamp(0), updated_at timestamp(0))
        """;

    private readonly TemporaryDirectory directory = new();
    private readonly PostgresDatabase? postgres;
    private readonly RunningEmulator? ownEmulator;
    private Dictionary<string, string?> settings = [];

    static BatchScenario() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private BatchScenario(PostgresDatabase? postgres, RunningEmulator? ownEmulator)
    {
        (this.postgres, this.ownEmulator) = (postgres, ownEmulator);
        Database = postgres?.ConnectionString ?? directory["media.db"];
    }

    /// <summary>For <c>--db</c>.</summary>
    public string Database { get; }

    public RunningEmulator Emulator => ownEmulator!;

    public TemporaryDirectory Files => directory;

    public static async Task<BatchScenario> Start(string database = "sqlite", TimeSpan? taskTime = null, string? table = "tutorial")
    {
        var scenario = new BatchScenario(
            database == "postgres" ? await PostgresServer.CreateDatabase() : null, await RunningEmulator.Start(taskTime));
        scenario.UseEmulator();
        if (table == "tutorial")
            await scenario.Execute(database == "postgres" ? LaravelOnPostgres : LaravelOnSqlite);
        return scenario;
    }

    /// <summary>What the environment says; null takes a setting away.</summary>
    public void Set(string name, string? value) => settings[name] = value;

    public async Task Media(params string[] urls)
    {
        foreach (var url in urls)
            await Execute("INSERT INTO media (url) VALUES (@url)", new { url });
    }

    public Task Media(int count) =>
        Media([.. Enumerable.Range(1, count).Select(number => $"https://cdn.example/raw/{number}.mov")]);

    public async Task<IReadOnlyList<MediaRow>> Rows() =>
        await Use(async connection => (await connection.QueryAsync<MediaRow>("SELECT * FROM media ORDER BY id")).AsList());

    public Task<int> Execute(string sql, object? parameters = null) => Use(connection => connection.ExecuteAsync(sql, parameters));

    public Task<T?> Value<T>(string sql, object? parameters = null) => Use(connection => connection.ExecuteScalarAsync<T>(sql, parameters));

    /// <summary>Runs the command in this process as if typed in a pipe.</summary>
    public Task<Outcome> Run(params string[] arguments) => Run(input: "", arguments);

    public Task<Outcome> Run(string input, string[] arguments, IAnsiConsole? terminal = null) =>
        Run(Encoding.UTF8.GetBytes(input), arguments, terminal);

    public async Task<Outcome> Run(byte[] input, string[] arguments, IAnsiConsole? terminal = null)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var world = new CliContext(
            new MemoryStream(input), TextWriter.Synchronized(output), TextWriter.Synchronized(error), terminal,
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), TimeProvider.System);
        var exit = await CommandLine.Run(WithHurry(arguments), world).WaitAsync(Limit);
        return new Outcome(exit, output.ToString(), error.ToString());
    }

    /// <summary>The command as a process of its own.</summary>
    public RunningBatch Start(params string[] arguments) => new(WithHurry(arguments), settings);

    /// <summary>What was typed goes after our own, which it overrides.</summary>
    private static string[] WithHurry(string[] arguments)
    {
        if (arguments is not ["run" or "media:batch-process" or "plan", ..])
            return arguments is ["apply", ..] ? [.. arguments, .. Hurry.Except(["--delay", "0", "--rate", "500"])] : arguments;

        var said = arguments.Select(argument => argument.Split('=')[0]).ToHashSet();
        return [.. arguments, .. Hurry.Chunk(2).Where(option => !said.Contains(option[0])).SelectMany(option => option)];
    }

    public async ValueTask DisposeAsync()
    {
        if (ownEmulator is not null)
            await ownEmulator.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
        directory.Dispose();
    }

    private void UseEmulator() => settings = new Dictionary<string, string?>
    {
        ["PODCAST_BATCH_DB"] = Database,
        ["ITTYBIT_API_KEY"] = RunningEmulator.Key,
        ["Ittybit:BaseAddress"] = Emulator.Address.ToString(),
    };

    private async Task<T> Use<T>(Func<DbConnection, Task<T>> work)
    {
        await using DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={Database};Pooling=False;Default Timeout=30")
            : new NpgsqlConnection(Database);
        await connection.OpenAsync();
        return await work(connection);
    }
}
