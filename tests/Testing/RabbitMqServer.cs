using System.Diagnostics;

namespace Podcast.Testing;

/// <summary>
/// One RabbitMQ server with its management API per test process: the one that <c>PODCAST_TEST_RABBITMQ</c> names (an amqp address of an
/// administrator; the API is at <c>PODCAST_TEST_RABBITMQ_MANAGEMENT</c>, or on port 15672 of the same host), else a private one of the
/// installed binaries, which ends with this process, however that ends.
/// </summary>
public static class RabbitMqServer
{
    private const string Setting = "PODCAST_TEST_RABBITMQ";

    private static readonly string[] places = ["/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/rabbitmq/sbin/rabbitmq-server"];
    private static readonly Lazy<Task<(Uri Amqp, Uri Management)>> server = new(Find);

    /// <summary>Makes an empty virtual host; dispose it to delete it.</summary>
    public static async Task<RabbitMqVirtualHost> CreateVirtualHost()
    {
        var (amqp, management) = await server.Value;
        return await RabbitMqVirtualHost.Create(amqp, management);
    }

    private static async Task<(Uri Amqp, Uri Management)> Find()
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } given)
        {
#if UPSTREAM_PACKAGES
            return await Containers.StartRabbitMq();
#else
            return await Start();
#endif
        }

        var amqp = new Uri(given);
        var management = Environment.GetEnvironmentVariable($"{Setting}_MANAGEMENT");
        return (amqp, new Uri(management is { Length: > 0 } ? management : $"http://{amqp.Host}:15672"));
    }

#pragma warning disable IDE0051 // unused where Testcontainers start the server
    private static async Task<(Uri Amqp, Uri Management)> Start()
    {
        var binary = Array.Find(places, File.Exists) ?? throw new InvalidOperationException(
            $"These tests need RabbitMQ: install it (apt-get install rabbitmq-server) or set {Setting}=amqp://user:password@host:port");

        var ports = Ports.Free(4);
        var (amqp, management) = (new Uri($"amqp://guest:guest@127.0.0.1:{ports[0]}"), new Uri($"http://127.0.0.1:{ports[1]}"));

        // The server lives as long as our end of the pipe is open, and has an epmd of its own.
        const string script = """
            dir=$(mktemp -d /tmp/podcast-rabbitmq-XXXXXX) || exit 1
            trap 'kill $epmd; rm -rf "$dir"' EXIT
            exec 3<&0
            cat >"$dir/rabbitmq.conf" <<END
            listeners.tcp.local = 127.0.0.1:$AMQP_PORT
            management.tcp.ip = 127.0.0.1
            management.tcp.port = $MANAGEMENT_PORT
            vm_memory_high_watermark.absolute = 512MB
            disk_free_limit.absolute = 50MB
            END
            echo '[rabbitmq_management].' >"$dir/plugins"
            export HOME="$dir" RABBITMQ_NODENAME="podcast$AMQP_PORT@localhost" RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf" \
                RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_ENABLED_PLUGINS_FILE="$dir/plugins" RABBITMQ_MNESIA_BASE="$dir/data" \
                RABBITMQ_LOG_BASE="$dir/log" ERL_EPMD_ADDRESS=127.0.0.1 RUNNING_UNDER_SYSTEMD=true \
                RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}'
            epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 & epmd=$!
            "$BINARY" >"$dir/output" 2>&1 & server=$!
            (read -r _ <&3; kill -KILL $server) &
            wait $server || cat "$dir/output" >&2
            """;
        var start = new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            Environment =
            {
                ["BINARY"] = binary,
                ["AMQP_PORT"] = $"{ports[0]}",
                ["MANAGEMENT_PORT"] = $"{ports[1]}",
                ["RABBITMQ_DIST_PORT"] = $"{ports[2]}",
                ["ERL_EPMD_PORT"] = $"{ports[3]}",
            },
        };

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.StandardInput.Close();
            process.WaitForExit(TimeSpan.FromSeconds(10));
        };

        using var client = new HttpClient();
        await Eventually.Holds(
            async () => process.HasExited
                ? throw new InvalidOperationException($"The private RabbitMQ server ended: {await errors}")
                : await Answers(client, management),
            "the private RabbitMQ server answers",
            TimeSpan.FromSeconds(120));
        return (amqp, management);
    }

    private static async Task<bool> Answers(HttpClient client, Uri management)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(management, "/api/overview"));
            return true; // even a 401: the API comes up after the broker
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
