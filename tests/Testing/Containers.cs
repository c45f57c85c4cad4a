#if UPSTREAM_PACKAGES
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Podcast.Testing;

/// <summary>The servers that <c>docker-compose.yml</c> names, in containers that end with this process.</summary>
internal static class Containers
{
    /// <returns>The connection string of a superuser.</returns>
    public static async Task<string> StartPostgres()
    {
        var container = new PostgreSqlBuilder("postgres:17-alpine").Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }

    /// <returns>The addresses of an administrator's broker and of its management API.</returns>
    public static async Task<(Uri Amqp, Uri Management)> StartRabbitMq()
    {
        const int managementPort = 15672;
        var container = new RabbitMqBuilder("rabbitmq:4-management").WithPortBinding(managementPort, assignRandomHostPort: true).Build();
        await container.StartAsync();
        return (new Uri(container.GetConnectionString()), new UriBuilder("http", container.Hostname, container.GetMappedPublicPort(managementPort)).Uri);
    }
}
#endif
