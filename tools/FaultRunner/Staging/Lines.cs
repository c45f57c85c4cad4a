using System.Net;
using Npgsql;
using Podcast.Testing;

namespace Podcast.FaultRunner.Staging;

/// <summary>The proxies between one process and the servers, and the connection strings through them.</summary>
internal sealed class Lines : IDisposable
{
    public Lines(Site site)
    {
        var postgres = new NpgsqlConnectionStringBuilder(site.Database);
        Database = new TcpProxy(new DnsEndPoint(postgres.Host!, postgres.Port));
        Broker = new TcpProxy(new DnsEndPoint(site.Broker.Host, site.Broker.Port));

        var database = new NpgsqlConnectionStringBuilder(site.Database)
        {
            Port = Database.Port,
            Username = site.Name,
            Password = site.Secrets.DatabasePassword,
            Pooling = true,
            MaxPoolSize = 25,
            Timeout = 5,
        };
        var broker = new UriBuilder(site.Broker) { Port = Broker.Port, UserName = site.Name, Password = site.Secrets.BrokerPassword };
        Settings = new()
        {
            ["ConnectionStrings__Orchestrator"] = database.ConnectionString,
            ["ConnectionStrings__Ingest"] = database.ConnectionString,
            ["ConnectionStrings__Publishing"] = database.ConnectionString,
            ["ConnectionStrings__Lanes"] = database.ConnectionString,
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
