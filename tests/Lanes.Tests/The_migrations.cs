using Microsoft.Extensions.Configuration;
using Podcast.Hosting;
using Podcast.Lanes.Data;
using Podcast.Testing;

namespace Podcast.Lanes.Tests;

/// <summary>They are written by hand, so nothing but this knows that they make what the model means.</summary>
public sealed class The_migrations : IDisposable
{
    private const string Owner = LanesDb.Owner;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task make_the_model_on_SQLite()
    {
        var (migrated, modelled) = await DatabaseSchema.Compare<LanesDb>(
            options => options.UseDatabaseOf(Owner, Setting("Data:Directory", directory["migrated"])),
            options => options.UseDatabaseOf(Owner, Setting("Data:Directory", directory["modelled"])),
            Owner);

        modelled.ShouldContain(line => line.Contains("lanes.free_at", StringComparison.Ordinal));
        migrated.Except(modelled).ShouldBeEmpty();
        modelled.Except(migrated).ShouldBeEmpty();
    }

    [Fact]
    public async Task make_the_model_on_PostgreSQL()
    {
        await using var one = await PostgresServer.CreateDatabase();
        await using var other = await PostgresServer.CreateDatabase();

        var (migrated, modelled) = await DatabaseSchema.Compare<LanesDb>(
            options => options.UseDatabaseOf(Owner, Setting($"ConnectionStrings:{Owner}", one.ConnectionString)),
            options => options.UseDatabaseOf(Owner, Setting($"ConnectionStrings:{Owner}", other.ConnectionString)),
            Owner);

        modelled.ShouldContain(line => line.Contains("lanes.free_at timestamp", StringComparison.Ordinal));
        migrated.Except(modelled).ShouldBeEmpty();
        modelled.Except(migrated).ShouldBeEmpty();
    }

    private static IConfiguration Setting(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
