using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>Jobs that do something else than retry.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261203000000_JobActions")]
internal sealed class M20261203_JobActions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>(
        "action", "retry_jobs", schema: migrationBuilder.EnsureSchemaOf(IngestDb.Owner), nullable: false, defaultValue: "retry");
}
