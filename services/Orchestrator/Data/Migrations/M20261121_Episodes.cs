using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Outbox;

namespace Podcast.Orchestrator.Data.Migrations;

[DbContext(typeof(OrchestratorDbContext))]
[Migration("20261121000000_Episodes")]
internal sealed class M20261121_Episodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(OrchestratorDbContext.Owner);
        var time = migrationBuilder.Time();

        migrationBuilder.CreateTable(
            "episodes",
            table => new
            {
                episode_id = table.Column<Guid>(nullable: false),
                state = table.Column<string>(maxLength: 32, nullable: false),
                version = table.Column<int>(nullable: false),
                owner_id = table.Column<string>(maxLength: 255, nullable: false),
                title = table.Column<string>(nullable: false),
                description = table.Column<string>(nullable: true),
                source = table.Column<string>(nullable: false),
                priority = table.Column<string>(maxLength: 16, nullable: false),
                ittybit_media_id = table.Column<string>(maxLength: 255, nullable: true),
                reason = table.Column<string>(nullable: true),
                tasks = table.Column<string>(nullable: false),
                transcript = table.Column<string>(nullable: false),
                output_check = table.Column<string>(nullable: false),
                last_change = table.Column<string>(nullable: true),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
                processing_started_at = table.Column<DateTimeOffset>(time, nullable: true),
                processing_completed_at = table.Column<DateTimeOffset>(time, nullable: true),
                due_at = table.Column<DateTimeOffset>(time, nullable: true),
                deadline_at = table.Column<DateTimeOffset>(time, nullable: true),
                due_claims = table.Column<int>(nullable: false, defaultValue: 0),
                lane_until = table.Column<DateTimeOffset>(time, nullable: true),
                woken_for = table.Column<DateTimeOffset>(time, nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_episodes", row => row.episode_id));
        migrationBuilder.CreateIndex("IX_episodes_due_at", "episodes", "due_at", schema);
        migrationBuilder.CreateIndex("IX_episodes_lane_until", "episodes", "lane_until", schema);

        migrationBuilder.CreateTable(
            "ittybit_tasks",
            table => new
            {
                ittybit_task_id = table.Column<string>(maxLength: 255, nullable: false),
                episode_id = table.Column<Guid>(nullable: true),
                task = table.Column<string>(maxLength: 32, nullable: true),
                attempt = table.Column<int>(nullable: false),
                parked = table.Column<string>(nullable: false),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_ittybit_tasks", row => row.ittybit_task_id));
        migrationBuilder.CreateIndex("IX_ittybit_tasks_created_at", "ittybit_tasks", "created_at", schema);

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

        migrationBuilder.CreateOutboxTables(schema);
    }
}
