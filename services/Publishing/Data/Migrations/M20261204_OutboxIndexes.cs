using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Outbox;

namespace Podcast.Publishing.Data.Migrations;

[DbContext(typeof(PublishingDbContext))]
[Migration("20261204000000_OutboxIndexes")]
internal sealed class M20261204_OutboxIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.NarrowOutboxIndexes(migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner));
}
