using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Hosting;

namespace Podcast.Orchestrator.Data.Migrations;

[DbContext(typeof(OrchestratorDbContext))]
[Migration("20261122020000_DueClaims")]
internal sealed class M20261122_DueClaims : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<int>(
        "due_claims", "episodes", schema: migrationBuilder.EnsureSchemaOf(OrchestratorDbContext.Owner), nullable: false, defaultValue: 0);
}
