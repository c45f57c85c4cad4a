using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Npgsql;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Podcast.Testing;

/// <summary>
/// Starts the servers of <c>docker-compose.yml</c> in containers that end with this process. Testcontainers' own settings apply,
/// such as <c>TESTCONTAINERS_RYUK_DISABLED</c>; an engine with an older API than Testcontainers expects needs
/// <c>DOCKER_API_VERSION</c>.
/// </summary>
internal static class Containers
{
    private const int ManagementPort = 15672;

    /// <summary>True if a Docker engine answers.</summary>
    public static bool EngineAnswers() => TestcontainersSettings.OS.DockerEndpointAuthConfig is not null;

    /// <returns>The connection string of a superuser, without pooling.</returns>
    public static async Task<string> StartPostgres()
    {
        var container = new PostgreSqlBuilder(SharedServers.PostgresImage).WithCommand("-c", "max_connections=300").Build();
        await Start(container);
        return new NpgsqlConnectionStringBuilder(container.GetConnectionString()) { Pooling = false }.ConnectionString;
    }

    /// <returns>The broker's AMQP address with an administrator's login, and the address of its management API.</returns>
    public static async Task<(Uri Amqp, Uri Management)> StartRabbitMq()
    {
        var container = new RabbitMqBuilder(SharedServers.RabbitMqImage)
            .WithPortBinding(ManagementPort, assignRandomHostPort: true)
            .Build();
        await Start(container);
        var management = new UriBuilder("http", container.Hostname, container.GetMappedPublicPort(ManagementPort)).Uri;
        return (new Uri(container.GetConnectionString()), management);
    }

    // Testcontainers' reaper would remove the containers too, but later, and it may be switched off.
    private static async Task Start(IContainer container)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => container.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(20));
        await container.StartAsync();
    }
}
