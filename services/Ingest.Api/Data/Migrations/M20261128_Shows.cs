using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

[DbContext(typeof(IngestDb))]
[Migration("20261128000000_Shows")]
internal sealed class M20261128_Shows : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        var (time, json) = (migrationBuilder.Time(), migrationBuilder.Json());

        migrationBuilder.CreateTable(
            "shows",
            table => new
            {
                user_id = table.Column<string>(nullable: false),
                slug = table.Column<string>(nullable: false),
                version = table.Column<int>(nullable: false),
                put = table.Column<string>(json, nullable: false),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
                updated_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_shows", row => new { row.user_id, row.slug }));

        migrationBuilder.AddColumn<string>("show", "episodes", schema: schema, nullable: true);
        migrationBuilder.AddColumn<string>("plan", "episodes", json, schema: schema, nullable: true);
        migrationBuilder.AddColumn<string>("details", "episodes", json, schema: schema, nullable: true);
    }
}
