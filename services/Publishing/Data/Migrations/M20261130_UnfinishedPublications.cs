using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Publishing.Data.Migrations;

/// <summary>Finds how many publications are not finished, and the oldest plan.</summary>
[DbContext(typeof(PublishingDbContext))]
[Migration("20261130000000_UnfinishedPublications")]
internal sealed class M20261130_UnfinishedPublications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateIndex(
        "IX_publications_unfinished", "publications", ["channel", "state", "planned_at"],
        migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner),
        filter: "state IN ('Working', 'AwaitsApproval', 'Failed', 'Retracting')");
}
