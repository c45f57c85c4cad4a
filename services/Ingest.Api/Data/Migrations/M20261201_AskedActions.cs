using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>What was asked for last of each episode, so that two people do not ask for the same at once, and who started a job.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261201000000_AskedActions")]
internal sealed class M20261201_AskedActions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        migrationBuilder.AddColumn<string>("asked_action", "episodes", schema: schema, nullable: true);
        migrationBuilder.AddColumn<int>("asked_version", "episodes", schema: schema, nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<string>("asked_by", "episodes", schema: schema, nullable: true);
        migrationBuilder.AddColumn<string>("by", "retry_jobs", schema: schema, nullable: true);
        migrationBuilder.AddColumn<DateTimeOffset>("asked_at", "episodes", migrationBuilder.Time(), schema: schema, nullable: true);
    }
}
