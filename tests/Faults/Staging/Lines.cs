using System.Net;
using Npgsql;
using Podcast.Faults.Secrets;
using Podcast.Testing;

namespace Podcast.Faults.Staging;

/// <summary>One process's lines to the database and the broker.</summary>
internal sealed class Lines : IDisposable
{
    public Lines(Servers servers, Canaries canaries)
    {
        var postgres = new NpgsqlConnectionStringBuilder(servers.Database);
        Database = new TcpProxy(new DnsEndPoint(postgres.Host!, postgres.Port));
        Broker = new TcpProxy(new DnsEndPoint(servers.Broker.Host, servers.Broker.Port));

        var database = new NpgsqlConnectionStringBuilder(servers.Database)
        {
            Port = Database.Port,
            Username = Servers.User,
            Password = canaries.DatabasePassword,
            Pooling = true,
            MaxPoolSize = 25,
            Timeout = 5,
        };
        var broker = new UriBuilder(servers.Broker) { Port = Broker.Port, UserName = Servers.User, Password = canaries.BrokerPassword };
        Settings = new()
        {
            ["ConnectionStrings__Orchestrator"] = database.ConnectionString,
            ["ConnectionStrings__Ingest"] = database.ConnectionString,
            ["ConnectionStrings__RabbitMq"] = broker.Uri.AbsoluteUri,
        };
    }

    public TcpProxy Database { get; }

    public TcpProxy Broker { get; }

    public Dictionary<string, string> Settings { get; }

    public void Dispose()
    {
        Database.Dispose();
        Broker.Dispose();
    }
}
