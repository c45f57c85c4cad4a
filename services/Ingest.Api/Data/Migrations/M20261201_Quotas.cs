using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>What was spent of each channel's quota.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261201000000_Quotas")]
internal sealed class M20261201_Quotas : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        migrationBuilder.CreateTable(
            "quotas",
            table => new
            {
                channel = table.Column<string>(nullable: false),
                project = table.Column<string>(nullable: false),
                bucket = table.Column<string>(nullable: false),
                told = table.Column<string>(migrationBuilder.Json(), nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_quotas", row => new { row.channel, row.project, row.bucket }));
    }
}
