using Npgsql;
using Podcast.FaultRunner.Secrets;

namespace Podcast.FaultRunner.Staging;

/// <summary>The database and the virtual host of one fleet.</summary>
/// <param name="Name">The name of the database, the virtual host and the user.</param>
internal sealed record Site(Servers Servers, string Name, PlantedSecrets Secrets)
{
    /// <summary>The connection string without a proxy.</summary>
    public string Database => new NpgsqlConnectionStringBuilder(Servers.Postgres.ConnectionString) { Database = Name }.ConnectionString;

    /// <summary>The broker's address without a proxy.</summary>
    public Uri Broker => new UriBuilder(Servers.RabbitMq.Amqp) { Path = Name }.Uri;
}
