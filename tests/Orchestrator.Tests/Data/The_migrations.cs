using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Podcast.Hosting;
using Podcast.Orchestrator.Data;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Data;

/// <summary>They are written by hand, so nothing but this knows that they make what the model means.</summary>
public sealed class The_migrations : IDisposable
{
    private const string Owner = OrchestratorDbContext.Owner;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task make_the_model_on_SQLite()
    {
        var (migrated, modelled) = await DatabaseSchema.Compare<OrchestratorDbContext>(
            options => options.UseDatabaseOf(Owner, Setting("Data:Directory", directory["migrated"])),
            options => options.UseDatabaseOf(Owner, Setting("Data:Directory", directory["modelled"])),
            Owner);

        modelled.ShouldContain(line => line.Contains("episodes.episode_id", StringComparison.Ordinal));
        migrated.Except(modelled).ShouldBeEmpty();
        modelled.Except(migrated).ShouldBeEmpty();
    }

    [Fact]
    public async Task make_the_model_on_PostgreSQL()
    {
        await using var one = await PostgresServer.CreateDatabase();
        await using var other = await PostgresServer.CreateDatabase();

        var (migrated, modelled) = await DatabaseSchema.Compare<OrchestratorDbContext>(
            options => options.UseDatabaseOf(Owner, Setting($"ConnectionStrings:{Owner}", one.ConnectionString)),
            options => options.UseDatabaseOf(Owner, Setting($"ConnectionStrings:{Owner}", other.ConnectionString)),
            Owner);

        modelled.ShouldContain(line => line.Contains("episodes.episode_id uuid", StringComparison.Ordinal));
        migrated.Except(modelled).ShouldBeEmpty();
        modelled.Except(migrated).ShouldBeEmpty();
    }

    [Fact]
    public async Task are_applied_by_the_verb_which_makes_the_queues_too()
    {
        await using var database = await PostgresServer.CreateDatabase();
        await using var broker = await RabbitMqServer.CreateVirtualHost();
        var start = new ProcessStartInfo("dotnet", [typeof(OrchestratorDbContext).Assembly.Location, "migrate"]) { RedirectStandardOutput = true };
        start.Environment[$"ConnectionStrings__{Owner}"] = database.ConnectionString;
        start.Environment["ConnectionStrings__RabbitMq"] = broker.ConnectionString;

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0, output);
        output.ShouldNotContain("\"Error\"");
        output.TrimEnd().ShouldEndWith("applied to 1 database(s), exchanges and queues declared.");
        (await broker.Publish("podcast.episode-uploaded", "{}", new { })).ShouldBeTrue();
        (await broker.Queues()).ShouldBe(["episode", "episode_error", "task-reports", "task-reports_error", "lane-changed", "lane-changed_error"], ignoreOrder: true);
    }

    private static IConfiguration Setting(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
