using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podcast.Ingest.Api.Data.Migrations;

[DbContext(typeof(IngestDb))]
[Migration("20261121000000_ReadModel")]
internal sealed class M20261121_ReadModel : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var schema = migrationBuilder.EnsureSchemaOf(IngestDb.Owner);
        var time = migrationBuilder.Time();

        migrationBuilder.CreateTable(
            "episodes",
            table => new
            {
                id = table.Column<Guid>(nullable: false),
                user_id = table.Column<string>(nullable: false),
                title = table.Column<string>(nullable: false),
                description = table.Column<string>(nullable: true),
                original_filename = table.Column<string>(nullable: true),
                file_size = table.Column<long>(nullable: true),
                ittybit_folder = table.Column<string>(nullable: true),
                ittybit_file_id = table.Column<string>(nullable: true),
                ittybit_media_id = table.Column<string>(nullable: true),
                source_url = table.Column<string>(nullable: true),
                duration_seconds = table.Column<double>(nullable: true),
                requested_tasks = table.Column<string>(nullable: true),
                audio_file_id = table.Column<string>(nullable: true),
                audio_url = table.Column<string>(nullable: true),
                video_file_id = table.Column<string>(nullable: true),
                video_url = table.Column<string>(nullable: true),
                status = table.Column<string>(nullable: false),
                processing_started_at = table.Column<DateTimeOffset>(time, nullable: true),
                processing_completed_at = table.Column<DateTimeOffset>(time, nullable: true),
                uploaded_at = table.Column<DateTimeOffset>(time, nullable: true),
                announce_at = table.Column<DateTimeOffset>(time, nullable: true),
                version = table.Column<int>(nullable: false),
                reason = table.Column<string>(nullable: true),
                due_at = table.Column<DateTimeOffset>(time, nullable: true),
                deadline_at = table.Column<DateTimeOffset>(time, nullable: true),
                ask_at = table.Column<DateTimeOffset>(time, nullable: true),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
                updated_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_episodes", row => row.id));
        migrationBuilder.CreateIndex("IX_episodes_user_id_created_at_id", "episodes", ["user_id", "created_at", "id"], schema);
        migrationBuilder.CreateIndex(
            "IX_episodes_user_id_status_created_at_id", "episodes", ["user_id", "status", "created_at", "id"], schema);
        migrationBuilder.CreateIndex("IX_episodes_status_announce_at", "episodes", ["status", "announce_at"], schema);
        migrationBuilder.CreateIndex("IX_episodes_ittybit_file_id", "episodes", "ittybit_file_id", schema);
        migrationBuilder.CreateIndex("IX_episodes_ask_at", "episodes", "ask_at", schema);

        migrationBuilder.CreateTable(
            "processing_tasks",
            table => new
            {
                id = table.Column<long>(nullable: false).Identity(),
                episode_id = table.Column<Guid>(nullable: false),
                ittybit_task_id = table.Column<string>(nullable: true),
                type = table.Column<string>(nullable: false),
                status = table.Column<string>(nullable: false),
                output_file_id = table.Column<string>(nullable: true),
                output_url = table.Column<string>(nullable: true),
                error_message = table.Column<string>(nullable: true),
                metadata = table.Column<string>(migrationBuilder.Json(), nullable: true),
                attempt = table.Column<int>(nullable: false),
                required = table.Column<bool>(nullable: false),
                percent = table.Column<int>(nullable: true),
                requested_at = table.Column<DateTimeOffset>(time, nullable: true),
                started_at = table.Column<DateTimeOffset>(time, nullable: true),
                next_at = table.Column<DateTimeOffset>(time, nullable: true),
                deadline_at = table.Column<DateTimeOffset>(time, nullable: true),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
                updated_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table =>
            {
                table.PrimaryKey("PK_processing_tasks", row => row.id);
                table.ForeignKey(
                    "FK_processing_tasks_episodes_episode_id", row => row.episode_id, "episodes", "id", schema,
                    onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_processing_tasks_ittybit_task_id", "processing_tasks", "ittybit_task_id", schema, unique: true);
        migrationBuilder.CreateIndex(
            "IX_processing_tasks_episode_id_type", "processing_tasks", ["episode_id", "type"], schema, unique: true);
        migrationBuilder.CreateIndex("IX_processing_tasks_status", "processing_tasks", "status", schema);

        migrationBuilder.CreateTable(
            "episode_history",
            table => new
            {
                episode_id = table.Column<Guid>(nullable: false),
                version = table.Column<int>(nullable: false),
                at = table.Column<DateTimeOffset>(time, nullable: false),
                what = table.Column<string>(nullable: false),
                task = table.Column<string>(nullable: true),
                by = table.Column<string>(nullable: false),
                why = table.Column<string>(nullable: true),
            },
            schema,
            table =>
            {
                table.PrimaryKey("PK_episode_history", row => new { row.episode_id, row.version });
                table.ForeignKey(
                    "FK_episode_history_episodes_episode_id", row => row.episode_id, "episodes", "id", schema,
                    onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "transcripts",
            table => new
            {
                episode_id = table.Column<Guid>(nullable: false),
                round = table.Column<int>(nullable: false),
                text = table.Column<string>(nullable: false),
                language = table.Column<string>(nullable: true),
                lines = table.Column<string>(migrationBuilder.Json(), nullable: false),
                stored_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_transcripts", row => row.episode_id));

        migrationBuilder.CreateTable(
            "idempotency_keys",
            table => new
            {
                user_id = table.Column<string>(nullable: false),
                key = table.Column<string>(nullable: false),
                fingerprint = table.Column<string>(nullable: false),
                answer = table.Column<string>(nullable: true),
                created_at = table.Column<DateTimeOffset>(time, nullable: false),
            },
            schema,
            table => table.PrimaryKey("PK_idempotency_keys", row => new { row.user_id, row.key }));
        migrationBuilder.CreateIndex("IX_idempotency_keys_created_at", "idempotency_keys", "created_at", schema);

        migrationBuilder.CreateOutboxTables(schema);
    }
}
