using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Npgsql;
using Podcast.Faults.Secrets;
using Podcast.Testing;

namespace Podcast.Faults.Staging;

/// <summary>A database server and a broker of our own, with a user whose passwords must not show up anywhere.</summary>
internal sealed class Servers : IAsyncDisposable
{
    public const string User = "podcast";

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

    /// <summary>The database as we see it, past all proxies.</summary>
    public string Database => new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Database = User }.ConnectionString;

    /// <summary>The broker as we see it.</summary>
    public Uri Broker => new UriBuilder(RabbitMq.Amqp) { Path = User }.Uri;

    public static async Task<Servers> Start()
    {
        var (postgres, rabbitMq) = (PrivatePostgres.Start(), PrivateRabbitMq.Start());
        return new Servers(await postgres, await rabbitMq);
    }

    /// <summary>An empty database and an empty virtual host.</summary>
    public async Task Prepare(Canaries canaries)
    {
        await using var connection = new NpgsqlConnection(Postgres.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in (string[])[$"DROP DATABASE IF EXISTS {User} WITH (FORCE)", $"DROP ROLE IF EXISTS {User}", $"CREATE ROLE {User} LOGIN SUPERUSER", $"CREATE DATABASE {User}"])
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants
            command.CommandText = statement;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }

        await Management.DeleteAsync($"api/vhosts/{User}");
        await Put($"api/vhosts/{User}", new { });
        await Put($"api/users/{User}", new { password = canaries.BrokerPassword, tags = "" });
        foreach (var user in (string[])[User, "guest"])
            await Put($"api/permissions/{User}/{user}", new { configure = ".*", write = ".*", read = ".*" });
    }

    public async ValueTask DisposeAsync()
    {
        Management.Dispose();
        await Postgres.DisposeAsync();
        await RabbitMq.DisposeAsync();
    }

    private async Task Put(string path, object body) => (await Management.PutAsJsonAsync(path, body)).EnsureSuccessStatusCode();
}
