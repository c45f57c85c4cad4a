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
        var time = migrationBuilder.Time();

        migrationBuilder.AddColumn<DateTimeOffset>("lane_until", "episodes", time, schema: schema, nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset>("woken_for", "episodes", time, schema: schema, nullable: true);
        migrationBuilder.CreateIndex("IX_episodes_lane_until", "episodes", "lane_until", schema);

        migrationBuilder.CreateTable(
            "lanes",
            table => new
            {
                name = table.Column<string>(maxLength: 50, nullable: false),
                state = table.Column<string>(maxLength: 16, nullable: false),
                changed_at = table.Column<DateTimeOffset>(time, nullable: false),
                heard_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_lanes", row => row.name));
    }
}
