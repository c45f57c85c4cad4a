using Podcast.Hosting;
using Podcast.Publishing.Data;

namespace Podcast.Publishing.Tests;

public sealed class The_migrations
{
    private static readonly MigrationsAndModel<PublishingDbContext> both = new(PublishingDbContext.Owner, Database.UseDatabaseOf);

    [Fact]
    public async Task make_the_model_on_SQLite()
    {
        var (migrated, modelled) = await both.OnSqlite();

        modelled.ShouldContain(line => line.Contains("publications.publication_id", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }

    [Fact]
    public async Task make_the_model_on_PostgreSQL()
    {
        var (migrated, modelled) = await both.OnPostgres();

        modelled.ShouldContain(line => line.Contains("publications.publication_id uuid", StringComparison.Ordinal));
        migrated.ShouldBe(modelled);
    }
}
