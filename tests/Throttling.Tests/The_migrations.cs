using Podcast.Hosting;
using Podcast.Testing;
using Podcast.Throttling.Data;

namespace Podcast.Throttling.Tests;

public sealed class The_migrations
{
    private static readonly MigrationsAndModel<LanesDb> both = new(LanesDb.Owner, Database.UseDatabaseOf);

    [Fact]
    public async Task make_the_model_on_SQLite()
    {
        var (migrated, modelled) = await both.OnSqlite();

        modelled.ShouldContain(line => line.Contains("lanes.free_at", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }

    [Fact]
    public async Task make_the_model_on_PostgreSQL()
    {
        var (migrated, modelled) = await both.OnPostgres();

        modelled.ShouldContain(line => line.Contains("lanes.free_at timestamp", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }
}
