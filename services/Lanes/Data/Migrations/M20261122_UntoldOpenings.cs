using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Hosting;

namespace Podcast.Lanes.Data.Migrations;

[DbContext(typeof(LanesDb))]
[Migration("20261122020000_UntoldOpenings")]
internal sealed class M20261122_UntoldOpenings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<DateTimeOffset>(
        "untold_since", "lanes", migrationBuilder.Time(), schema: migrationBuilder.EnsureSchemaOf(LanesDb.Owner), nullable: true);
}
