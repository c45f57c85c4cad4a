namespace Podcast.Testing;

/// <summary>The source of the servers that tests share.</summary>
public enum ServerSource
{
    /// <summary>Containers of the images that <c>docker-compose.yml</c> names.</summary>
    Containers,

    /// <summary>Private servers from the binaries that are installed on this machine.</summary>
    Installed,
}

/// <summary>
/// Starts PostgreSQL and RabbitMQ for tests that do not stop them. The servers end with this process.
/// <c>PODCAST_TEST_SERVERS</c>, <c>containers</c> or <c>installed</c>, selects their source; without it, containers are used if a
/// Docker engine answers.
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

    /// <summary>The source of this process's servers.</summary>
    public static ServerSource Source => source.Value;

    /// <returns>The connection string of a superuser, without pooling.</returns>
    public static async Task<string> StartPostgres() =>
        Source == ServerSource.Containers ? await Containers.StartPostgres() : (await PrivatePostgres.Start()).ConnectionString;

    /// <returns>The broker's AMQP address with an administrator's login, and the address of its management API.</returns>
    public static async Task<(Uri Amqp, Uri Management)> StartRabbitMq()
    {
        if (Source == ServerSource.Containers)
            return await Containers.StartRabbitMq();

        var server = await PrivateRabbitMq.Start();
        return (server.Amqp, server.Management);
    }

    /// <summary>Selects the source by the setting; without a setting, by whether a Docker engine answers.</summary>
    /// <exception cref="InvalidOperationException">The setting has an unknown value.</exception>
    public static ServerSource Choose(string? setting, Func<bool> engineAnswers) => setting switch
    {
        "containers" => ServerSource.Containers,
        "installed" => ServerSource.Installed,
        null or "" => engineAnswers() ? ServerSource.Containers : ServerSource.Installed,
        _ => throw new InvalidOperationException($"{Setting} is \"{setting}\"; it can be containers or installed."),
    };
}
