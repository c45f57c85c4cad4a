using Npgsql;

namespace Podcast.Benchmarks.Browsing;

/// <summary>Fills the read model with finished and unfinished episodes of the last years, one every ten minutes.</summary>
internal static class ManyEpisodes
{
    private const string Fill = """
        INSERT INTO ingest.episodes (id, user_id, title, original_filename, file_size, status, version, reason, processing_started_at,
            processing_completed_at, uploaded_at, created_at, updated_at, changed_at, audio_url, video_url)
        SELECT md5('episode' || n)::uuid, 'benchmark', 'Talk ' || n || ' about ' || (ARRAY['bees', 'rivers', 'printing', 'chess', 'bread'])[1 + n % 5]
                || ' with guest' || (n * 7919 % 20000),
            'raw-' || n || '.mp4', 1000000 + n,
            CASE WHEN n % 100 = 1 THEN 'failed' WHEN n % 200 = 2 THEN 'held' WHEN n % 500 = 3 THEN 'cancelled' ELSE 'processed' END,
            9, CASE WHEN n % 100 = 1 THEN 'The video could not be read: code ' || n % 7 END, at, at + interval '5 minutes', at, at, at, at,
            'https://example.com/audio.mp3', 'https://example.com/video.mp4'
        FROM (SELECT n, now() - n * interval '10 minutes' AS at FROM generate_series(1, @count) n) numbered;

        INSERT INTO ingest.processing_tasks (episode_id, ittybit_task_id, type, status, error_message, attempt, required, created_at, updated_at)
        SELECT e.id, 'task_' || kind || e.id, kind,
            CASE WHEN e.status = 'failed' AND kind = 'video_transcode' THEN 'failed' ELSE 'completed' END,
            CASE WHEN e.status = 'failed' AND kind = 'video_transcode' THEN e.reason END, 1, true, e.created_at, e.updated_at
        FROM ingest.episodes e, unnest(ARRAY['audio_extraction', 'video_transcode', 'transcript_generation']) kind;

        INSERT INTO ingest.episode_history (episode_id, version, at, what, by)
        SELECT e.id, change.version, e.created_at + change.version * interval '30 seconds', 'task_completed', 'ittybit'
        FROM ingest.episodes e, generate_series(1, 9) change(version);
        """;

    public static async Task Add(NpgsqlConnection postgres, int count, CancellationToken cancellationToken)
    {
        await using var fill = new NpgsqlCommand(Fill, postgres) { CommandTimeout = 600 };
        fill.Parameters.AddWithValue("count", count);
        await fill.ExecuteNonQueryAsync(cancellationToken);
        await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE", postgres) { CommandTimeout = 600 }; // as PostgreSQL does by itself, later
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
    }
}
