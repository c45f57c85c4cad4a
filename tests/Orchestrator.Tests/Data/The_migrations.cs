using System.Diagnostics;
using Podcast.Hosting;
using Podcast.Orchestrator.Data;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Data;

public sealed class The_migrations
{
    private static readonly MigrationsAndModel<OrchestratorDbContext> both = new(OrchestratorDbContext.Owner, Database.UseDatabaseOf);

    [Fact]
    public async Task make_the_model_on_SQLite()
    {
        var (migrated, modelled) = await both.OnSqlite();

        modelled.ShouldContain(line => line.Contains("episodes.episode_id", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }

    [Fact]
    public async Task make_the_model_on_PostgreSQL()
    {
        var (migrated, modelled) = await both.OnPostgres();

        modelled.ShouldContain(line => line.Contains("episodes.episode_id uuid", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }

    [Fact]
    public async Task migrate_verb_applies_migrations_and_makes_the_queues()
    {
        await using var database = await PostgresServer.CreateDatabase();
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        var service = typeof(OrchestratorDbContext).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [service, "migrate"]) { RedirectStandardOutput = true };
        start.Environment[$"ConnectionStrings__{OrchestratorDbContext.Owner}"] = database.ConnectionString;
        start.Environment["ConnectionStrings__RabbitMq"] = broker.ConnectionString;

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0, output);
        output.ShouldNotContain("\"Error\"");
        output.TrimEnd().ShouldEndWith("applied to 1 database(s), exchanges and queues declared.");
        (await broker.Publish("podcast.episode-uploaded", "{}", new { })).ShouldBeTrue();
        string[] queues = ["episode", "episode_error", "task-reports", "task-reports_error", "lane-changed", "lane-changed_error"];
        (await broker.Queues()).ShouldBe(queues, ignoreOrder: true);
    }
}
