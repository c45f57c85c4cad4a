using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Orchestrator.Data.Migrations;

[DbContext(typeof(OrchestratorDbContext))]
[Migration("20261128010000_Show")]
internal sealed class M20261128_Show : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(OrchestratorDbContext.Owner);
        migrationBuilder.AddColumn<string>("show", "episodes", schema: schema, maxLength: 50, nullable: true);
        migrationBuilder.AddColumn<string>("details", "episodes", schema: schema, nullable: true);
    }
}
