using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>
/// Takes the rows that nobody looks for out of the indexes, because each snapshot writes an entry into each of them. No query looks for
/// tasks by their status.
/// </summary>
[DbContext(typeof(IngestDb))]
[Migration("20261205000000_NarrowIndexes")]
internal sealed class M20261205_NarrowIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        migrationBuilder.DropIndex("IX_episodes_status_announce_at", "episodes", schema);
        migrationBuilder.DropIndex("IX_episodes_ittybit_file_id", "episodes", schema);
        migrationBuilder.DropIndex("IX_episodes_ask_at", "episodes", schema);
        migrationBuilder.DropIndex("IX_processing_tasks_status", "processing_tasks", schema);
        migrationBuilder.CreateIndex("IX_episodes_announce_at", "episodes", "announce_at", schema, filter: "version = 0");
        migrationBuilder.CreateIndex(
            "IX_episodes_ittybit_file_id", "episodes", "ittybit_file_id", schema, filter: "ittybit_file_id IS NOT NULL");
        migrationBuilder.CreateIndex("IX_episodes_ask_at", "episodes", "ask_at", schema, filter: "ask_at IS NOT NULL");
    }
}
