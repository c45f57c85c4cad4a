using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Hosting;

namespace Podcast.Throttling.Data.Migrations;

[DbContext(typeof(LanesDb))]
[Migration("20261122000000_Lanes")]
internal sealed class M20261122_Lanes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(LanesDb.Owner);
        var time = migrationBuilder.Time();

        migrationBuilder.CreateTable(
            "lanes",
            table => new
            {
                name = table.Column<string>(maxLength: 50, nullable: false),
                free_at = table.Column<DateTimeOffset>(time, nullable: false),
                open_at = table.Column<DateTimeOffset>(time, nullable: false),
                is_paused = table.Column<bool>(nullable: false),
                refused_kind = table.Column<string>(nullable: true),
                probe_gap = table.Column<double>(nullable: false),
                slowed_to = table.Column<double>(nullable: true),
                slowed_at = table.Column<DateTimeOffset>(time, nullable: true),
                why = table.Column<string>(nullable: true),
                by = table.Column<string>(nullable: true),
                changed_at = table.Column<DateTimeOffset>(time, nullable: false),
                untold_since = table.Column<DateTimeOffset>(time, nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_lanes", row => row.name));

        migrationBuilder.CreateTable(
            "lane_events",
            table => new
            {
                id = table.Column<long>(nullable: false).Identity(),
                lane = table.Column<string>(maxLength: 50, nullable: false),
                at = table.Column<DateTimeOffset>(time, nullable: false),
                what = table.Column<string>(nullable: false),
                by = table.Column<string>(nullable: false),
                why = table.Column<string>(nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_lane_events", row => row.id));
        migrationBuilder.CreateIndex("IX_lane_events_lane_at", "lane_events", ["lane", "at"], schema);
    }
}
