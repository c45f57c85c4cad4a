namespace Podcast.Testing;

/// <summary>
/// A private RabbitMQ server with management API from the installed binaries. It can be stopped by any signal and restarted with
/// its messages. It ends with this process, and its data is deleted.
/// </summary>
public sealed class PrivateRabbitMq : IAsyncDisposable
{
    private static readonly string[] places = ["/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/rabbitmq/sbin/rabbitmq-server"];

    private readonly string directory = Directory.CreateTempSubdirectory("podcast-rabbitmq-").FullName;
    private readonly string binary;
    private readonly Dictionary<string, string> environment;
    private readonly ChildProcess epmd;
    private ChildProcess server;

    private PrivateRabbitMq(string binary)
    {
        ProcessReaper.Owns(directory);
        this.binary = binary;
        var ports = Ports.Free(4);
        Amqp = new Uri($"amqp://guest:guest@127.0.0.1:{ports[0]}");
        Management = new Uri($"http://127.0.0.1:{ports[1]}");
        File.WriteAllText(In("rabbitmq.conf"), $"""
            listeners.tcp.local = 127.0.0.1:{ports[0]}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {ports[1]}
            vm_memory_high_watermark.absolute = 512MB
            disk_free_limit.absolute = 50MB
            collect_statistics_interval = 1000

            """);
        File.WriteAllText(In("plugins"), "[rabbitmq_management].\n");
        environment = new()
        {
            ["HOME"] = directory,
            ["RABBITMQ_NODENAME"] = $"podcast{ports[0]}@localhost",
            ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("plugins"),
            ["RABBITMQ_MNESIA_BASE"] = In("data"),
            ["RABBITMQ_LOG_BASE"] = In("log"),
            ["RABBITMQ_DIST_PORT"] = $"{ports[2]}",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
            ["RUNNING_UNDER_SYSTEMD"] = "true", // makes the start script exec the server instead of waiting for it
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = $"{ports[3]}",
        };
        epmd = new ChildProcess(In("epmd.output"), environment, "epmd", "-port", $"{ports[3]}", "-address", "127.0.0.1");
        server = Launch();
    }

    /// <summary>The AMQP address with an administrator's login.</summary>
    public Uri Amqp { get; }

    public Uri Management { get; }

    /// <summary>The process of the server; its helpers are its children.</summary>
    public int ProcessId => server.Id;

    /// <exception cref="InvalidOperationException">RabbitMQ is not installed or does not start.</exception>
    public static async Task<PrivateRabbitMq> Start()
    {
        var started = new PrivateRabbitMq(Array.Find(places, File.Exists)
            ?? throw new InvalidOperationException("RabbitMQ is not installed (apt-get install rabbitmq-server)."));
        await started.Ready();
        return started;
    }

    /// <summary>Stops the server: <see cref="Signal.Terminate"/> is an orderly shutdown.</summary>
    public Task End(Signal how) => server.End(how, TimeSpan.FromSeconds(30));

    /// <summary>Starts the server again after <see cref="End"/> and waits until it answers.</summary>
    public async Task StartAgain()
    {
        server = Launch();
        await Ready();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await epmd.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private string In(string name) => Path.Combine(directory, name);

    private ChildProcess Launch() => new(In("output"), environment, binary);

    private async Task Ready()
    {
        using var client = new HttpClient();
        await Eventually.Holds(
            async () => server.IsRunning
                ? await Answers(client)
                : throw new InvalidOperationException($"The private RabbitMQ server ended: {server.Output}"),
            "the private RabbitMQ server answers", TimeSpan.FromMinutes(5));
    }

    private async Task<bool> Answers(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Management, "/api/overview"));
            return true; // any status will do: the API starts after the broker
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
