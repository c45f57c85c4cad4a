using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Outbox;

namespace Podcast.Hosting.Tests.Sample;

/// <summary>Nothing but an outbox.</summary>
internal sealed class BoxDb(DbContextOptions<BoxDb> options) : DbContext(options)
{
    public const string Owner = "box";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchemaOf(this, Owner);
        modelBuilder.AddLeanOutboxEntities();
    }
}

[DbContext(typeof(BoxDb))]
[Migration("20260101000000_Outbox")]
internal sealed class BoxTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(BoxDb.Owner);
        migrationBuilder.CreateOutboxTables(schema);
        migrationBuilder.NarrowOutboxIndexes(schema);
    }
}
