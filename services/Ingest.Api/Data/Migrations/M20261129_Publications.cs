using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>Where each episode stands on each channel.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261129000000_Publications")]
internal sealed class M20261129_Publications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        migrationBuilder.CreateTable(
            "publications",
            table => new
            {
                episode_id = table.Column<Guid>(nullable: false),
                channel = table.Column<string>(nullable: false),
                version = table.Column<int>(nullable: false),
                snapshot = table.Column<string>(migrationBuilder.Json(), nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_publications", row => new { row.episode_id, row.channel }));
    }
}
