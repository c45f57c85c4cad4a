using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

/// <summary>What the console asks for: episodes by the words of their titles, and those that changed since.</summary>
[DbContext(typeof(IngestDb))]
[Migration("20261130000000_Console")]
internal sealed class M20261130_Console : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        migrationBuilder.AddColumn<DateTimeOffset>("changed_at", "episodes", migrationBuilder.Time(), schema: schema, nullable: true);
        migrationBuilder.CreateIndex("IX_episodes_user_id_changed_at_id", "episodes", ["user_id", "changed_at", "id"], schema);
        if (migrationBuilder.IsNpgsql())
            migrationBuilder.Sql($"""
                CREATE INDEX "IX_episodes_title" ON {schema}.episodes USING gin (to_tsvector('{IngestDb.WordsOf}', title))
                """);
    }
}
