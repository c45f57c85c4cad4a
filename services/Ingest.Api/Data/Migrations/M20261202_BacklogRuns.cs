using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>The runs of the backlog command.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261202000000_BacklogRuns")]
internal sealed class M20261202_BacklogRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        var time = migrationBuilder.Time();
        migrationBuilder.CreateTable(
            "backlog_runs",
            table => new
            {
                user_id = table.Column<string>(nullable: false),
                id = table.Column<Guid>(nullable: false),
                started_at = table.Column<DateTimeOffset>(time, nullable: false),
                report = table.Column<string>(migrationBuilder.Json(), nullable: false),
                reported_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_backlog_runs", row => new { row.user_id, row.id }));
        migrationBuilder.CreateIndex("IX_backlog_runs_user_id_started_at", "backlog_runs", ["user_id", "started_at"], schema);
    }
}
