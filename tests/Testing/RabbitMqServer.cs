namespace Podcast.Testing;

/// <summary>
/// The RabbitMQ server of a test process, with management API: the one that <c>PODCAST_TEST_RABBITMQ</c> names by an
/// administrator's AMQP address (the API is at <c>PODCAST_TEST_RABBITMQ_MANAGEMENT</c>, or on port 15672 of the same host), else
/// one of <see cref="SharedServers"/>.
/// </summary>
public static class RabbitMqServer
{
    private const string Setting = "PODCAST_TEST_RABBITMQ";

    private static readonly Lazy<Task<(Uri Amqp, Uri Management)>> server = new(Find);

    /// <summary>Creates an empty virtual host. Disposing deletes it.</summary>
    public static async Task<RabbitMqVirtualHost> CreateVirtualHost()
    {
        var (amqp, management) = await server.Value;
        return await RabbitMqVirtualHost.Create(amqp, management);
    }

    private static async Task<(Uri Amqp, Uri Management)> Find()
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } given)
            return await SharedServers.StartRabbitMq();

        var amqp = new Uri(given);
        var management = Environment.GetEnvironmentVariable($"{Setting}_MANAGEMENT");
        return (amqp, new Uri(management is { Length: > 0 } ? management : $"http://{amqp.Host}:15672"));
    }
}
