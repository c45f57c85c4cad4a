using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>Finds how many episodes are not finished, and the oldest.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261130000000_UnfinishedEpisodes")]
internal sealed class M20261130_UnfinishedEpisodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateIndex(
        "IX_episodes_unfinished", "episodes", ["status", "created_at"], migrationBuilder.EnsureSchemaOf(IngestDb.Owner),
        filter: "status IN ('awaiting_upload', 'uploaded', 'processing', 'completing', 'held')");
}
