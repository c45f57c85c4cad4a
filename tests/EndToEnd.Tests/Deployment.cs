using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

/// <summary>The services as they are deployed: processes of their own, on a database and a broker of these tests alone.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    public const string WebhookSecret = "a secret of these tests alone";

    private readonly TemporaryDirectory directory = new();
    private readonly List<(string Service, ServiceProcess Process)> processes = [];
    private readonly Dictionary<string, string> environment;
    private readonly PostgresDatabase database;

    private Deployment(PostgresDatabase database, string rabbitMq)
    {
        this.database = database;
        environment = new()
        {
            ["ConnectionStrings__Orchestrator"] = database.ConnectionString,
            ["ConnectionStrings__Ingest"] = database.ConnectionString,
            ["ConnectionStrings__Lanes"] = database.ConnectionString,
            ["Lanes__Ittybit__FirstProbe"] = "00:15:00", // a lane that is paused stays so, until a test resumes it
            ["ConnectionStrings__RabbitMq"] = rabbitMq,
            ["ITTYBIT_API_KEY"] = "ittybit_test",
            ["Ittybit__BaseAddress"] = new Uri(Emulators, "/emulators/ittybit").ToString(),
            ["Webhooks__PublicUrl"] = Gateway.ToString(),
            ["Webhooks__Key"] = "a key of these tests alone",
            ["Webhooks__Secrets__0"] = WebhookSecret,
            ["Emulators__Ittybit__WebhookSecret"] = WebhookSecret,
            ["Emulators__Ittybit__PublicUrl"] = Emulators.ToString(),
            ["Emulators__Ittybit__Directory"] = directory["ittybit"],
            ["Emulators__Ittybit__Media"] = "Simulated",
            ["Emulators__Ittybit__SimulatedTaskTime"] = "00:00:00.200",
            ["Emulators__Ittybit__ProgressStep"] = "20",
            ["Sources__AllowLoopback"] = "true",
            ["Auth__LocalUser"] = "alice",
            ["Data__Directory"] = directory.Path,
            ["Lanes__Ittybit__Rate"] = "0",
            ["Outbox__LeftoverAge"] = "00:00:01",
            ["Outbox__SweepInterval"] = "00:00:00.500",
        };
    }

    public Uri Ingest { get; } = Address();

    public Uri Gateway { get; } = Address();

    public Uri Emulators { get; } = Address();

    /// <summary>Makes tables and queues; nothing runs yet.</summary>
    public static Task<Deployment> Create(string rabbitMq) => Create(rabbitMq, "Orchestrator", "Processing", "Ingest.Api");

    /// <summary>Makes the tables and queues of <paramref name="services"/> alone.</summary>
    public static async Task<Deployment> Create(string rabbitMq, params string[] services)
    {
        var deployment = new Deployment(await PostgresServer.CreateDatabase(), rabbitMq);
        await Task.WhenAll(services.Select(service => ServiceProcess.Migrate(service, deployment.environment)));
        return deployment;
    }

    /// <summary>Starts one each of those named, together.</summary>
    public Task Start(params string[] services) => Task.WhenAll(services.Select(service => Start(service, [])));

    /// <summary>Starts one with settings of its own.</summary>
    public async Task<ServiceProcess> Start(string service, params (string Name, string Value)[] settings)
    {
        var own = new Dictionary<string, string>(environment);
        foreach (var (name, value) in settings)
            own[name] = value;

        var address = service switch
        {
            "Ingest.Api" => Ingest,
            "WebhookGateway" => Gateway,
            "Emulators" => Emulators,
            _ => Address(),
        };
        var process = await ServiceProcess.Start(service, address, own, directory);
        lock (processes) processes.Add((service, process));
        return process;
    }

    /// <summary>Runs a command of ours to its end, beside the services; its exit code is 0.</summary>
    /// <returns>What it wrote.</returns>
    public Task<string> Run(string program, (string Name, string Value)[] settings, params string[] arguments)
    {
        var own = new Dictionary<string, string>(environment);
        foreach (var (name, value) in settings)
            own[name] = value;
        return ChildProcess.Run(TimeSpan.FromMinutes(3), own, ["dotnet", ServiceProcess.Assembly(program), .. arguments]);
    }

    /// <summary>SIGKILL to all of that name.</summary>
    public async Task Kill(string service)
    {
        foreach (var (_, process) in processes.Where(one => one.Service == service))
            await process.DisposeAsync();
    }

    /// <summary>What Ittybit's stand-in was asked for.</summary>
    public async Task<JsonElement> Ledger(string path = "ledger?limit=100000")
    {
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync(new Uri(Emulators, $"/emulators/ittybit/_emulator/{path}"))).RootElement;
    }

    /// <summary>How badly Ittybit's stand-in behaves from now on; none of <paramref name="dial"/> is well.</summary>
    public async Task Chaos(object? dial = null)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsJsonAsync(new Uri(Emulators, "/emulators/ittybit/_emulator/chaos"), dial ?? new { });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Where Ittybit reports on a task of an episode.</summary>
    public Uri Callback(Guid episodeId, TaskKind task, int attempt = 1) => new CallbackAddress(Options.Create(new WebhookOptions
    {
        PublicUrl = Gateway,
        Key = environment["Webhooks__Key"],
    })).For(new TaskAttempt(episodeId, task, attempt));

    /// <summary>One number of the database.</summary>
    public async Task<long> Count(string query)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(query);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in processes)
            await process.DisposeAsync();
        await database.DisposeAsync();
        directory.Dispose();
    }

    private static Uri Address() => new($"http://127.0.0.1:{Testing.Ports.Free()[0]}");
}
