namespace Podcast.Testing;

/// <summary>Where the servers that tests share come from.</summary>
public enum ServerSource
{
    /// <summary>Containers of the images that <c>docker-compose.yml</c> names.</summary>
    Containers,

    /// <summary>Private servers of the binaries that are installed on this machine.</summary>
    Installed,
}

/// <summary>
/// PostgreSQL and RabbitMQ for tests that do not end them. They end with this process. Where they come from says
/// <c>PODCAST_TEST_SERVERS</c>, <c>containers</c> or <c>installed</c>; without it, whether a Docker engine answers.
/// </summary>
public static class SharedServers
{
    /// <summary>As in <c>docker-compose.yml</c>.</summary>
    public const string PostgresImage = "postgres:17-alpine";

    /// <summary>As in <c>docker-compose.yml</c>.</summary>
    public const string RabbitMqImage = "rabbitmq:4-management";

    private const string Setting = "PODCAST_TEST_SERVERS";

    private static readonly Lazy<ServerSource> source =
        new(() => Choose(Environment.GetEnvironmentVariable(Setting), Containers.EngineAnswers));

    /// <summary>Where the servers of this process come from.</summary>
    public static ServerSource Source => source.Value;

    /// <returns>The connection string of a superuser, without pooling.</returns>
    public static async Task<string> StartPostgres() =>
        Source == ServerSource.Containers ? await Containers.StartPostgres() : (await PrivatePostgres.Start()).ConnectionString;

    /// <returns>The addresses of an administrator's broker and of its management API.</returns>
    public static async Task<(Uri Amqp, Uri Management)> StartRabbitMq()
    {
        if (Source == ServerSource.Containers)
            return await Containers.StartRabbitMq();

        var server = await PrivateRabbitMq.Start();
        return (server.Amqp, server.Management);
    }

    /// <summary>What the setting asks for, or what is there.</summary>
    /// <exception cref="InvalidOperationException">The setting is a word that has no meaning.</exception>
    public static ServerSource Choose(string? setting, Func<bool> engineAnswers) => setting switch
    {
        "containers" => ServerSource.Containers,
        "installed" => ServerSource.Installed,
        null or "" => engineAnswers() ? ServerSource.Containers : ServerSource.Installed,
        _ => throw new InvalidOperationException($"{Setting} is \"{setting}\"; it can be containers or installed."),
    };
}
