using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

[DbContext(typeof(IngestDb))]
[Migration("20261204000000_OutboxIndexes")]
internal sealed class M20261204_OutboxIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.NarrowOutboxIndexes(migrationBuilder.EnsureSchemaOf(IngestDb.Owner));
}
