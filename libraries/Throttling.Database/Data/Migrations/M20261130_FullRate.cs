using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Hosting;

namespace Podcast.Throttling.Data.Migrations;

/// <summary>Lanes show their rate to processes that have no settings for them.</summary>
[DbContext(typeof(LanesDb))]
[Migration("20261130000000_FullRate")]
internal sealed class M20261130_FullRate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<double>("full_rate", "lanes", schema: migrationBuilder.EnsureSchemaOf(LanesDb.Owner), nullable: true);
}
