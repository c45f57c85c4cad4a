using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>Finds the publications that are not finished.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261130000000_OpenPublications")]
internal sealed class M20261130_OpenPublications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        migrationBuilder.AddColumn<bool>("is_open", "publications", schema: schema, nullable: false, defaultValue: true);
        migrationBuilder.CreateIndex("IX_publications_open", "publications", "episode_id", schema, filter: "is_open");
    }
}
