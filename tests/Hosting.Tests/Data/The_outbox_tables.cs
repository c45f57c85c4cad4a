using Microsoft.Extensions.Configuration;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Data;

public sealed class The_outbox_tables : IDisposable
{
    private const string Owner = BoxDb.Owner;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task are_those_of_the_model_on_SQLite()
    {
        var (migrated, modelled) = await DatabaseSchema.Compare<BoxDb>(
            options => options.UseDatabaseOf(Owner, Setting("Data:Directory", directory["migrated"])),
            options => options.UseDatabaseOf(Owner, Setting("Data:Directory", directory["modelled"])),
            Owner);

        modelled.Count(line => line.StartsWith("table ", StringComparison.Ordinal)).ShouldBe(4);
        migrated.Except(modelled).ShouldBeEmpty();
        modelled.Except(migrated).ShouldBeEmpty();
    }

    [Fact]
    public async Task are_those_of_the_model_on_PostgreSQL()
    {
        await using var one = await PostgresServer.CreateDatabase();
        await using var other = await PostgresServer.CreateDatabase();

        var (migrated, modelled) = await DatabaseSchema.Compare<BoxDb>(
            options => options.UseDatabaseOf(Owner, Setting($"ConnectionStrings:{Owner}", one.ConnectionString)),
            options => options.UseDatabaseOf(Owner, Setting($"ConnectionStrings:{Owner}", other.ConnectionString)),
            Owner);

        modelled.ShouldContain("column InboxState.MessageId uuid not null default - identity ");
        migrated.Except(modelled).ShouldBeEmpty();
        modelled.Except(migrated).ShouldBeEmpty();
    }

    private static IConfiguration Setting(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
