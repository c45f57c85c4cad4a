using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Data;

public sealed class The_outbox_tables
{
    private static readonly MigrationsAndModel<BoxDb> both = new(BoxDb.Owner, Database.UseDatabaseOf);

    [Fact]
    public async Task are_those_of_the_model_on_SQLite()
    {
        var (migrated, modelled) = await both.OnSqlite();

        modelled.Count(line => line.StartsWith("table ", StringComparison.Ordinal)).ShouldBe(4);
        migrated.ShouldBe(modelled);
    }

    [Fact]
    public async Task are_those_of_the_model_on_PostgreSQL()
    {
        var (migrated, modelled) = await both.OnPostgres();

        modelled.ShouldContain("column InboxState.MessageId uuid not null default - identity ");
        migrated.ShouldBe(modelled);
    }
}
