using Npgsql;
using Podcast.FaultRunner.Secrets;

namespace Podcast.FaultRunner.Staging;

/// <summary>What one fleet has of the servers: a database and a virtual host.</summary>
/// <param name="Name">Of both, and of the user.</param>
internal sealed record Site(Servers Servers, string Name, PlantedSecrets Canaries)
{
    /// <summary>The database as we see it, past all proxies.</summary>
    public string Database => new NpgsqlConnectionStringBuilder(Servers.Postgres.ConnectionString) { Database = Name }.ConnectionString;

    /// <summary>The broker as we see it.</summary>
    public Uri Broker => new UriBuilder(Servers.RabbitMq.Amqp) { Path = Name }.Uri;
}
