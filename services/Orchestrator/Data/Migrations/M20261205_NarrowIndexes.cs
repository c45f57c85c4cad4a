using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Orchestrator.Data.Migrations;

/// <summary>Takes episodes that wait for nothing out of the sweeps' indexes, because each message writes an entry into both.</summary>
[DbContext(typeof(OrchestratorDbContext))]
[Migration("20261205000000_NarrowIndexes")]
internal sealed class M20261205_NarrowIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(OrchestratorDbContext.Owner);
        migrationBuilder.DropIndex("IX_episodes_due_at", "episodes", schema);
        migrationBuilder.DropIndex("IX_episodes_lane_until", "episodes", schema);
        migrationBuilder.CreateIndex("IX_episodes_due_at", "episodes", "due_at", schema, filter: "due_at IS NOT NULL");
        migrationBuilder.CreateIndex("IX_episodes_lane_until", "episodes", "lane_until", schema, filter: "lane_until IS NOT NULL");
    }
}
