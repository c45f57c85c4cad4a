using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Publishing.Data.Migrations;

/// <summary>Who holds a publication, and to when its release was moved.</summary>
[DbContext(typeof(PublishingDbContext))]
[Migration("20261130000000_Holds")]
internal sealed class M20261130_Holds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var (schema, time) = (migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner), migrationBuilder.Time());
        migrationBuilder.AddColumn<DateTimeOffset>("held_at", "publications", time, schema: schema, nullable: true);
        migrationBuilder.AddColumn<string>("held_by", "publications", schema: schema, nullable: true);
        migrationBuilder.AddColumn<string>("held_why", "publications", schema: schema, nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset>("moved_to", "publications", time, schema: schema, nullable: true);
    }
}
