using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Npgsql;
using Podcast.FaultRunner.Secrets;
using Podcast.Testing;

namespace Podcast.FaultRunner.Staging;

/// <summary>A database server and a broker that only the fault runner uses.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private int sites;

    private Servers(PrivatePostgres postgres, PrivateRabbitMq rabbitMq)
    {
        Postgres = postgres;
        RabbitMq = rabbitMq;
        Management = new HttpClient { BaseAddress = rabbitMq.Management, Timeout = TimeSpan.FromSeconds(20) };
        Management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(rabbitMq.Amqp.UserInfo))));
    }

    public PrivatePostgres Postgres { get; }

    public PrivateRabbitMq RabbitMq { get; }

    /// <summary>The broker's management API.</summary>
    public HttpClient Management { get; }

    public static async Task<Servers> Start()
    {
        var (postgres, rabbitMq) = (PrivatePostgres.Start(), PrivateRabbitMq.Start());
        return new Servers(await postgres, await rabbitMq);
    }

    /// <summary>
    /// Creates an empty database, an empty virtual host, and a user of both whose passwords must not appear anywhere.
    /// </summary>
    public async Task<Site> Prepare(PlantedSecrets secrets)
    {
        var name = $"podcast{Interlocked.Increment(ref sites)}";
        await Execute($"CREATE ROLE {name} LOGIN SUPERUSER");
        await Execute($"CREATE DATABASE {name} OWNER {name}");

        await Put($"api/vhosts/{name}", new { });
        await Put($"api/users/{name}", new { password = secrets.BrokerPassword, tags = "" });
        foreach (var user in (string[])[name, "guest"])
            await Put($"api/permissions/{name}/{user}", new { configure = ".*", write = ".*", read = ".*" });
        return new Site(this, name, secrets);
    }

    public async ValueTask DisposeAsync()
    {
        Management.Dispose();
        await Postgres.DisposeAsync();
        await RabbitMq.DisposeAsync();
    }

    private async Task Execute(string statement)
    {
        await using var connection = new NpgsqlConnection(Postgres.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // the name is ours
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private async Task Put(string path, object body) => (await Management.PutAsJsonAsync(path, body)).EnsureSuccessStatusCode();
}
