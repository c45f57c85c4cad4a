using System.Net;
using Npgsql;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class When_no_connection_is_to_be_had : IAsyncLifetime
{
    private const int All = 3;

    private readonly IngestHost host = new();
    private PostgresDatabase database = null!;
    private string connections = "";

    public async Task InitializeAsync()
    {
        database = await PostgresServer.CreateDatabase();
        connections = $"{database.ConnectionString};Maximum Pool Size={All};Timeout=1;Max Auto Prepare=0;No Reset On Close=true;Options=-c statement_timeout=0";
        await host.With("ConnectionStrings:ingest", connections).InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task the_caller_is_told_to_come_again_and_then_it_is_done_once()
    {
        using var client = host.ClientOf("alice");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "again-and-again");
        var taken = await TakeAll();

        using var refused = await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" });

        refused.Headers.RetryAfter.ShouldNotBeNull();
        var problem = await refused.Problem(HttpStatusCode.ServiceUnavailable);
        ((string)problem["title"]!).ShouldBe("The database is away");
        foreach (var connection in taken)
            await connection.DisposeAsync();
        for (var time = 0; time < 2; time++)
            await (await client.Post("/episodes", new { url = "https://example.com/a.mp4", title = "T" })).Answer(HttpStatusCode.Accepted);
        (await client.Get("/episodes"))["episodes"]!.AsArray().Count.ShouldBe(1);
    }

    /// <summary>The host lives in this process, and so in this pool.</summary>
    private async Task<IReadOnlyList<NpgsqlConnection>> TakeAll()
    {
        var taken = new List<NpgsqlConnection>();
        while (taken.Count < All)
        {
            var connection = new NpgsqlConnection(connections);
            try
            {
                await connection.OpenAsync();
                taken.Add(connection);
            }
            catch (NpgsqlException) // the host has it just now
            {
                await connection.DisposeAsync();
            }
        }

        return taken;
    }
}
