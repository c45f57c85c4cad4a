using Podcast.Hosting;
using Podcast.Ingest.Api.Data;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class The_migrations
{
    private static readonly MigrationsAndModel<IngestDb> both = new(IngestDb.Owner, Database.UseDatabaseOf);

    [Fact]
    public async Task make_the_model_on_SQLite()
    {
        var (migrated, modelled) = await both.OnSqlite();

        modelled.ShouldContain(line => line.Contains("processing_tasks.episode_id", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }

    [Fact]
    public async Task make_the_model_on_PostgreSQL()
    {
        var (migrated, modelled) = await both.OnPostgres();

        modelled.ShouldContain(line => line.Contains("processing_tasks.metadata json", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }
}
