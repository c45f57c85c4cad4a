using Npgsql;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>Copies of the episodes that the warm-up has processed, in all tables that keep them.</summary>
internal static class FinishedEpisodes
{
    private const string Copy = """
        CREATE TEMPORARY TABLE copies AS
            SELECT id, gen_random_uuid() AS copy FROM ingest.episodes, generate_series(0, @count / @made) WHERE status = 'processed' LIMIT @count;
        INSERT INTO ingest.episodes
            SELECT (jsonb_populate_record(one, jsonb_build_object('id', copy))).* FROM ingest.episodes one JOIN copies USING (id);
        INSERT INTO ingest.processing_tasks
            SELECT (jsonb_populate_record(one, jsonb_build_object(
                'id', nextval(pg_get_serial_sequence('ingest.processing_tasks', 'id')), 'episode_id', copy, 'ittybit_task_id', gen_random_uuid()))).*
            FROM ingest.processing_tasks one JOIN copies ON copies.id = one.episode_id;
        INSERT INTO ingest.episode_history
            SELECT (jsonb_populate_record(one, jsonb_build_object('episode_id', copy))).* FROM ingest.episode_history one JOIN copies ON copies.id = one.episode_id;
        INSERT INTO ingest.transcripts
            SELECT (jsonb_populate_record(one, jsonb_build_object('episode_id', copy))).* FROM ingest.transcripts one JOIN copies ON copies.id = one.episode_id;
        INSERT INTO orchestrator.episodes
            SELECT (jsonb_populate_record(one, jsonb_build_object('episode_id', copy))).* FROM orchestrator.episodes one JOIN copies ON copies.id = one.episode_id;
        INSERT INTO orchestrator.ittybit_tasks
            SELECT (jsonb_populate_record(one, jsonb_build_object('ittybit_task_id', gen_random_uuid(), 'episode_id', copy))).*
            FROM orchestrator.ittybit_tasks one JOIN copies ON copies.id = one.episode_id;
        DROP TABLE copies
        """;

    public static async Task Add(NpgsqlConnection postgres, int count, int made, CancellationToken cancellationToken)
    {
        await using var copy = new NpgsqlCommand(Copy, postgres) { CommandTimeout = 1200 };
        copy.Parameters.AddWithValue("count", count);
        copy.Parameters.AddWithValue("made", made);
        await copy.ExecuteNonQueryAsync(cancellationToken);
    }
}
