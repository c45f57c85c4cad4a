using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>What operators did.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261130200000_Audit")]
internal sealed class M20261130_Audit : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var (schema, time) = (migrationBuilder.EnsureSchemaOf(IngestDb.Owner), migrationBuilder.Time());
        migrationBuilder.CreateTable(
            "audit",
            table => new
            {
                id = table.Column<long>(nullable: false).Identity(),
                at = table.Column<DateTimeOffset>(time, nullable: false),
                by = table.Column<string>(nullable: false),
                action = table.Column<string>(nullable: false),
                target = table.Column<string>(nullable: false),
                why = table.Column<string>(nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_audit", row => row.id));
    }
}
