using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Publishing.Data.Migrations;

/// <summary>When each publication has its turn, and what it has spent.</summary>
[DbContext(typeof(PublishingDbContext))]
[Migration("20261129000000_Plan")]
internal sealed class M20261129_Plan : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var (schema, time) = (migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner), migrationBuilder.Time());
        migrationBuilder.AddColumn<DateTimeOffset>("planned_at", "publications", time, schema: schema, nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset>("captions_planned_at", "publications", time, schema: schema, nullable: true);
        migrationBuilder.AddColumn<string>("planned_why", "publications", schema: schema, nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset>("retried_at", "publications", time, schema: schema, nullable: true);
        migrationBuilder.AddColumn<DateOnly>("upload_paid_on", "publications", schema: schema, nullable: true);
        migrationBuilder.AddColumn<DateOnly>("captions_paid_on", "publications", schema: schema, nullable: true);
    }
}
