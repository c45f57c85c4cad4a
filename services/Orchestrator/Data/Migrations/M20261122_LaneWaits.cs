using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Hosting;

namespace Podcast.Orchestrator.Data.Migrations;

[DbContext(typeof(OrchestratorDbContext))]
[Migration("20261122000000_LaneWaits")]
internal sealed class M20261122_LaneWaits : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(OrchestratorDbContext.Owner);
        migrationBuilder.AddColumn<DateTimeOffset>("lane_until", "episodes", migrationBuilder.Time(), schema: schema, nullable: true);
        migrationBuilder.CreateIndex("IX_episodes_lane_until", "episodes", "lane_until", schema);
    }
}
