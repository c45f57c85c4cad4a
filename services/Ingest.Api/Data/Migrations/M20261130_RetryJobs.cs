using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>Jobs that retry all episodes of a cause.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261130100000_RetryJobs")]
internal sealed class M20261130_RetryJobs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        var time = migrationBuilder.Time();
        migrationBuilder.CreateTable(
            "retry_jobs",
            table => new
            {
                id = table.Column<Guid>(nullable: false),
                user_id = table.Column<string>(nullable: false),
                step = table.Column<string>(nullable: true),
                message = table.Column<string>(nullable: false),
                why = table.Column<string>(nullable: true),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
                done_at = table.Column<DateTimeOffset>(time, nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_retry_jobs", row => row.id));
        migrationBuilder.CreateIndex("IX_retry_jobs_user_id_created_at", "retry_jobs", ["user_id", "created_at"], schema);
        migrationBuilder.CreateIndex("IX_retry_jobs_done_at", "retry_jobs", "done_at", schema);

        migrationBuilder.CreateTable(
            "retry_items",
            table => new
            {
                job_id = table.Column<Guid>(nullable: false),
                episode_id = table.Column<Guid>(nullable: false),
                result = table.Column<string>(nullable: true),
                note = table.Column<string>(nullable: true),
                at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_retry_items", row => new { row.job_id, row.episode_id }));
        migrationBuilder.CreateIndex("IX_retry_items_episode_id_at", "retry_items", ["episode_id", "at"], schema);
    }
}
