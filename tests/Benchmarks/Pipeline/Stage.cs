using System.Net.Http.Headers;
using System.Text;
using Npgsql;
using Podcast.Testing;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>The servers, the stub and the four services of a run; <see cref="Processes"/> names each with its process id.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly string[] services = ["Ingest.Api", "Orchestrator", "Processing", "WebhookGateway"];

    private readonly string logs = Directory.CreateTempSubdirectory("podcast-benchmark-").FullName;
    private readonly List<ChildProcess> children = [];

    private Stage(PrivatePostgres postgres, PrivateRabbitMq rabbitMq)
    {
        (Postgres, RabbitMq) = (postgres, rabbitMq);
        Processes = new() { ["postgres"] = postgres.ProcessId, ["rabbitmq"] = rabbitMq.ProcessId };
        Management = new HttpClient { BaseAddress = rabbitMq.Management };
        Management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(rabbitMq.Amqp.UserInfo)));
    }

    public PrivatePostgres Postgres { get; }

    public PrivateRabbitMq RabbitMq { get; }

    public HttpClient Management { get; }

    public Dictionary<string, int> Processes { get; }

    public Uri Ingest { get; private set; } = null!;

    public Uri Stub { get; private set; } = null!;

    /// <summary>The console; null without one.</summary>
    public Uri? Console { get; private set; }

    public string Database => new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Database = "podcast", Pooling = true }.ConnectionString;

    public static async Task<Stage> Start(bool withConsole = false)
    {
        var (postgres, rabbitMq) = (PrivatePostgres.Start(isDurable: true), PrivateRabbitMq.Start());
        var stage = new Stage(await postgres, await rabbitMq);
        await stage.StartServices(withConsole);
        return stage;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in children)
            await child.DisposeAsync();
        Management.Dispose();
        await RabbitMq.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(logs, recursive: true);
    }

    private async Task StartServices(bool withConsole)
    {
        await Execute(Postgres.ConnectionString, "CREATE DATABASE podcast");
        await Execute(Postgres.ConnectionString, "ALTER DATABASE podcast SET default_toast_compression = 'lz4'"); // as deploy/postgres does
        await Execute(Database, "CREATE EXTENSION pg_stat_statements");

        var addresses = Ports.Free(services.Length + 2).Select(port => new Uri($"http://127.0.0.1:{port}")).ToArray();
        (Stub, Ingest) = (addresses[^2], addresses[0]);
        var environment = Environment(gateway: addresses[3]);
        await Task.WhenAll(services.Select(service => ServiceProcess.Migrate(service, environment)));
        await Launch("stub", Stub, environment, "dotnet", ServiceProcess.Assembly("Benchmarks"), "stub", $"{Stub.Port}");
        for (var i = 0; i < services.Length; i++)
            await Launch(services[i], addresses[i], environment, "dotnet", ServiceProcess.Assembly(services[i]), "--urls", addresses[i].ToString());
        if (withConsole)
        {
            Console = addresses[^1];
            environment["Console__ApiAddress"] = Ingest.ToString();
            environment["Console__LocalUser"] = "true";
            await Launch("Console", Console, environment, "dotnet", ServiceProcess.Assembly("Console"), "--urls", Console.ToString());
        }
    }

    private static async Task Execute(string database, string statement)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    private Dictionary<string, string> Environment(Uri gateway) => new()
    {
        ["ConnectionStrings__Orchestrator"] = Database,
        ["ConnectionStrings__Ingest"] = Database,
        ["ConnectionStrings__Lanes"] = Database,
        ["ConnectionStrings__RabbitMq"] = RabbitMq.Amqp.ToString(),
        ["ITTYBIT_API_KEY"] = "benchmark",
        ["Ittybit__BaseAddress"] = Stub.ToString(),
        ["Webhooks__PublicUrl"] = gateway.ToString(),
        ["Webhooks__Key"] = "a key of the benchmark alone",
        ["Sources__AllowLoopback"] = "true",
        ["Auth__LocalUser"] = "benchmark",
        ["Lanes__Ittybit__Rate"] = "0",
        ["Data__Directory"] = logs,
        ["Data__MigrateOnStart"] = "false",
        ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false", // it watches all that is below the working directory
    };

    private async Task Launch(string name, Uri address, Dictionary<string, string> environment, params string[] command)
    {
        var log = Path.Combine(logs, name + ".log");
        var child = new ChildProcess(log, environment, command);
        children.Add(child);
        Processes[name] = child.Id;
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.Holds(
            async () =>
            {
                if (!child.IsRunning)
                    throw new InvalidOperationException($"{name} ended:\n{child.Output}");
                try
                {
                    using var answer = await client.GetAsync("/health");
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            $"{name} is ready", TimeSpan.FromMinutes(3));
    }
}
