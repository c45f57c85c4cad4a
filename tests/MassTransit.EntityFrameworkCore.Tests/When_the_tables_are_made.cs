using Microsoft.EntityFrameworkCore;

namespace Podcast.Compat.Tests;

/// <summary>
/// The golden files were written with the package itself (8.5). A database that one implementation has written is thus one for the
/// other.
/// </summary>
public sealed class When_the_tables_are_made
{
    [Fact]
    public void they_are_the_packages_on_postgres() =>
        Script(options => options.UseNpgsql("Host=nowhere")).ShouldBe(Golden("postgres"));

    [Fact]
    public void they_are_the_packages_on_sqlite() =>
        Script(options => options.UseSqlite()).ShouldBe(Golden("sqlite"));

    private static string Script(Action<DbContextOptionsBuilder> configure)
    {
        var options = new DbContextOptionsBuilder();
        configure(options);
        using var context = new OutboxTables(options.Options);
        return context.Database.GenerateCreateScript().ReplaceLineEndings("\n").Trim();
    }

    private static string Golden(string database)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", $"outbox.{database}.sql");
        return File.ReadAllText(path).ReplaceLineEndings("\n").Trim();
    }
}
