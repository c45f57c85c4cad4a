using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Hosting.Tests.Sample;

internal sealed class Greeting
{
    public int Id { get; init; }
}

internal sealed class SampleDb(DbContextOptions<SampleDb> options) : DbContext(options)
{
    public const string Owner = "sample";

    public DbSet<Greeting> Greetings => Set<Greeting>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchemaOf(this, Owner);
        modelBuilder.Entity<Greeting>().ToTable("greetings");
    }
}

[DbContext(typeof(SampleDb))]
[Migration("20260101000000_Greetings")]
internal sealed class Greetings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(SampleDb.Owner);
        migrationBuilder.CreateTable(
            "greetings", table => new { Id = table.Column<int>(nullable: false).Identity() }, schema,
            constraints: table => table.PrimaryKey("PK_greetings", x => x.Id));

        // A test may have it take long, to kill it in the middle.
        if (Environment.GetEnvironmentVariable("SAMPLE_SLOW_MIGRATION") is { Length: > 0 })
            migrationBuilder.Sql(migrationBuilder.IsNpgsql()
                ? "SELECT pg_sleep(300)"
                : "WITH RECURSIVE slow(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM slow) SELECT max(n) FROM slow");
    }
}

[DbContext(typeof(SampleDb))]
[Migration("20260102000000_Nothing")]
internal sealed class Nothing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
    }
}
