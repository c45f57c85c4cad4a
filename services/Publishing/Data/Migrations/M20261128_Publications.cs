using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Podcast.Outbox;

namespace Podcast.Publishing.Data.Migrations;

[DbContext(typeof(PublishingDbContext))]
[Migration("20261128000000_Publications")]
internal sealed class M20261128_Publications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(PublishingDbContext.Owner);
        var time = migrationBuilder.Time();

        migrationBuilder.CreateTable(
            "publications",
            table => new
            {
                publication_id = table.Column<Guid>(nullable: false),
                state = table.Column<string>(maxLength: 32, nullable: false),
                version = table.Column<int>(nullable: false),
                episode_id = table.Column<Guid>(nullable: false),
                channel = table.Column<string>(maxLength: 16, nullable: false),
                episode = table.Column<string>(nullable: false),
                show = table.Column<string>(nullable: false),
                episode_at = table.Column<DateTimeOffset>(time, nullable: false),
                step = table.Column<string>(maxLength: 32, nullable: false),
                turn = table.Column<int>(nullable: false),
                is_asked = table.Column<bool>(nullable: false),
                due_at = table.Column<DateTimeOffset>(time, nullable: true),
                due_claims = table.Column<int>(nullable: false, defaultValue: 0),
                failures = table.Column<int>(nullable: false),
                waits = table.Column<int>(nullable: false),
                reason = table.Column<string>(nullable: true),
                advice = table.Column<string>(nullable: true),
                remote_id = table.Column<string>(nullable: true),
                session = table.Column<string>(nullable: true),
                was_session_lost = table.Column<bool>(nullable: false),
                sent = table.Column<long>(nullable: false),
                total = table.Column<long>(nullable: true),
                source = table.Column<string>(nullable: true),
                sha256 = table.Column<string>(nullable: true),
                link = table.Column<string>(nullable: true),
                public_at = table.Column<DateTimeOffset>(time, nullable: true),
                notes = table.Column<string>(nullable: false),
                approved_by = table.Column<string>(nullable: true),
                approved_at = table.Column<DateTimeOffset>(time, nullable: true),
                retracted_by = table.Column<string>(nullable: true),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
                published_at = table.Column<DateTimeOffset>(time, nullable: true),
            },
            schema,
            table => table.PrimaryKey("PK_publications", row => row.publication_id));
        migrationBuilder.CreateIndex("IX_publications_due_at", "publications", "due_at", schema);
        migrationBuilder.CreateIndex("IX_publications_episode_id", "publications", "episode_id", schema);

        migrationBuilder.CreateTable(
            "shows",
            table => new
            {
                owner_id = table.Column<string>(maxLength: 255, nullable: false),
                slug = table.Column<string>(maxLength: ShowPattern.LongestSlug, nullable: false),
                version = table.Column<int>(nullable: false),
                settings = table.Column<string>(nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_shows", row => new { row.owner_id, row.slug }));

        migrationBuilder.CreateTable(
            "quota",
            table => new
            {
                project = table.Column<string>(maxLength: 255, nullable: false),
                bucket = table.Column<string>(maxLength: 32, nullable: false),
                day = table.Column<DateOnly>(nullable: false),
                spent = table.Column<int>(nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_quota", row => new { row.project, row.bucket, row.day }));

        migrationBuilder.CreateOutboxTables(schema);
    }
}
