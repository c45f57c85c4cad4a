using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Publishing.Data.Migrations;

[DbContext(typeof(PublishingDbContext))]
[Migration("20261128030000_DraftClaims")]
internal sealed class M20261128_DraftClaims : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var time = migrationBuilder.Time();
        migrationBuilder.CreateTable(
            "draft_claims",
            table => new
            {
                publication_id = table.Column<Guid>(nullable: false),
                claim_id = table.Column<Guid>(nullable: false),
                until = table.Column<DateTimeOffset>(time, nullable: false),
            },
            migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner),
            table => table.PrimaryKey("PK_draft_claims", row => row.publication_id));
    }
}
