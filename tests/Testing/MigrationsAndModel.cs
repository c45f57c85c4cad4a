using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Podcast.Testing;

/// <summary>
/// Compares the schema that an owner's migrations create with the one that its EF model would create. Migrations are written by
/// hand, so only this comparison shows differences.
/// </summary>
/// <param name="pointAt">Configures a context for the database of an owner, as services do: Hosting's
/// <c>Database.UseDatabaseOf</c>.</param>
public sealed class MigrationsAndModel<TContext>(string owner, Action<DbContextOptionsBuilder, string, IConfiguration> pointAt)
    where TContext : DbContext
{
    public async Task<(IReadOnlyList<string> Migrated, IReadOnlyList<string> Modelled)> OnSqlite()
    {
        using var one = new TemporaryDirectory();
        using var other = new TemporaryDirectory();
        return await On("Data:Directory", one.Path, other.Path);
    }

    public async Task<(IReadOnlyList<string> Migrated, IReadOnlyList<string> Modelled)> OnPostgres()
    {
        await using var one = await PostgresServer.CreateDatabase();
        await using var other = await PostgresServer.CreateDatabase();
        return await On($"ConnectionStrings:{owner}", one.ConnectionString, other.ConnectionString);
    }

    private async Task<(IReadOnlyList<string> Migrated, IReadOnlyList<string> Modelled)> On(string setting, string one, string other)
    {
        await using var migrated = Context(setting, one);
        await migrated.Database.MigrateAsync();
        await using var modelled = Context(setting, other);
        await modelled.Database.EnsureCreatedAsync();
        return (await DatabaseSchema.Of(migrated, owner), await DatabaseSchema.Of(modelled, owner));
    }

    private TContext Context(string setting, string value)
    {
        var options = new DbContextOptionsBuilder<TContext>();
        pointAt(options, owner, new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build());
        return (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
    }
}
