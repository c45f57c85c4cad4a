using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Orchestrator.Data.Migrations;

/// <summary>An episode keeps all changes that its next snapshot announces, instead of the last one.</summary>
[DbContext(typeof(OrchestratorDbContext))]
[Migration("20261128000000_RecentChanges")]
internal sealed class M20261128_RecentChanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(OrchestratorDbContext.Owner);
        migrationBuilder.RenameColumn("last_change", "episodes", "recent_changes", schema);
        migrationBuilder.AddColumn<int>("published_version", "episodes", schema: schema, nullable: false, defaultValue: 0);
        var episodes = schema is null ? "episodes" : $"{schema}.episodes";
        migrationBuilder.Sql($"UPDATE {episodes} SET recent_changes = '[' || recent_changes || ']', published_version = version");
    }
}
