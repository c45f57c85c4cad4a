using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

/// <summary>The services as they are deployed: processes of their own, on real PostgreSQL and RabbitMQ.</summary>
public sealed class In_many_processes : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<ServiceProcess> processes = [];
    private PostgresDatabase database = null!;
    private RabbitMqVirtualHost broker = null!;

    public async Task InitializeAsync()
    {
        database = await PostgresServer.CreateDatabase();
        broker = await RabbitMqServer.CreateVirtualHost();
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        await broker.DisposeAsync();
        await database.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task the_tutorials_walk_ends_processed()
    {
        var (ingest, gateway, emulators) = (Address(), Address(), Address());
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Orchestrator"] = database.ConnectionString,
            ["ConnectionStrings__Ingest"] = database.ConnectionString,
            ["ConnectionStrings__RabbitMq"] = broker.ConnectionString,
            ["ITTYBIT_API_KEY"] = "ittybit_test",
            ["Ittybit__BaseAddress"] = new Uri(emulators, "/emulators/ittybit").ToString(),
            ["Webhooks__PublicUrl"] = gateway.ToString(),
            ["Webhooks__Key"] = "a key of these tests alone",
            ["Webhooks__Secrets__0"] = "a secret of these tests alone",
            ["Emulators__Ittybit__WebhookSecret"] = "a secret of these tests alone",
            ["Emulators__Ittybit__PublicUrl"] = emulators.ToString(),
            ["Emulators__Ittybit__Directory"] = directory["ittybit"],
            ["Emulators__Ittybit__Media"] = "Simulated",
            ["Emulators__Ittybit__SimulatedTaskTime"] = "00:00:03",
            ["Emulators__Ittybit__AssumedSourceLength"] = "00:01:00",
            ["Sources__AllowLoopback"] = "true",
            ["Auth__LocalUser"] = "alice",
            ["Data__Directory"] = directory.Path,
        };

        foreach (var service in new[] { "Orchestrator", "Processing", "WebhookGateway", "Ingest.Api" })
            await ServiceProcess.Migrate(service, environment);
        await Task.WhenAll(
            Start("Emulators", emulators, environment),
            Start("Ingest.Api", ingest, environment),
            Start("WebhookGateway", gateway, environment),
            Start("Orchestrator", Address(), environment),
            Start("Orchestrator", Address(), environment),
            Start("Processing", Address(), environment),
            Start("Processing", Address(), environment));
        using var api = new HttpClient { BaseAddress = ingest };

        await Walk.Through(api);
        await Backlog(environment, "run", "--episodes", "--in-flight", "2", "--owner", "alice");

        // Asked for once at the start, and not again before the deadline: what ends was told by the gateway.
        await Backlog(environment, "run", "--wait", "webhooks", "--poll-interval", "10m");
    }

    /// <summary>The backlog command on a table of its own: as episodes through these services, and as tasks that report to the gateway.</summary>
    private async Task Backlog(Dictionary<string, string> environment, params string[] command)
    {
        var table = directory[$"{Guid.NewGuid():N}.csv"];
        await File.WriteAllLinesAsync(table, ["url", .. Enumerable.Range(1, 5).Select(number => $"https://cdn.example/raw/{number}.mov")]);
        var settings = new Dictionary<string, string>(environment) { ["PODCAST_BATCH_DB"] = $"{table}.db" };
        await Batch("init");
        await Batch("import", table);

        (await Batch([.. command, "--delay", "0", "--deadline", "2m"])).ShouldContain("Done. 5 completed, 0 failed.");
        (await Batch("export")).Split('\n').Count(line => line.Contains(",completed,", StringComparison.Ordinal) && line.Contains(".mp4", StringComparison.Ordinal)).ShouldBe(5);

        Task<string> Batch(params string[] arguments) =>
            ChildProcess.Run(TimeSpan.FromMinutes(3), settings, ["dotnet", ServiceProcess.Assembly("Batch"), .. arguments]);
    }

    private static Uri Address() => new($"http://127.0.0.1:{Standalone.Ports.Free()}");

    private async Task Start(string service, Uri address, Dictionary<string, string> environment)
    {
        var process = await ServiceProcess.Start(service, address, environment, directory);
        lock (processes) processes.Add(process);
    }
}
