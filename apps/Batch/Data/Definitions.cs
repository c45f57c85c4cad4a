namespace Podcast.Batch.Data;

/// <summary>The table definitions, in the SQL that PostgreSQL and SQLite share.</summary>
internal static class Definitions
{
    /// <summary>
    /// The command's own tables, for items and runs. They are separate, so that a table that belongs to another application need
    /// not be changed. Times are Unix milliseconds.
    /// </summary>
    /// <param name="schema">The quoted schema with a trailing dot, or empty.</param>
    public static string Own(string schema) => $"""
        CREATE TABLE IF NOT EXISTS {schema}podcast_batch_items (
            table_name text NOT NULL, item_id text NOT NULL,
            attempt integer NOT NULL, state text NOT NULL, via text NOT NULL DEFAULT 'task',
            ref text, task_id text, run_id text,
            claimed_at bigint, sent_at bigint, checked_at bigint, settled_at bigint,
            tries integer NOT NULL DEFAULT 0, misses integer NOT NULL DEFAULT 0,
            cause text, error text,
            PRIMARY KEY (table_name, item_id));
        CREATE UNIQUE INDEX IF NOT EXISTS podcast_batch_items_by_task ON {schema}podcast_batch_items (table_name, task_id);
        CREATE INDEX IF NOT EXISTS podcast_batch_items_by_run ON {schema}podcast_batch_items (table_name, run_id, state, item_id);
        CREATE TABLE IF NOT EXISTS {schema}podcast_batch_runs (
            table_name text PRIMARY KEY, scope text NOT NULL,
            run_id text, host text, pid integer, started bigint, since bigint, heartbeat bigint);
        """;

    /// <summary>
    /// The tutorial's table with three additional columns (attempts, error, dispatched_at), or the columns that an existing table
    /// lacks, apart from created_at and updated_at.
    /// </summary>
    /// <param name="time">The column type for times.</param>
    /// <param name="now">The SQL expression that is the default of created_at and updated_at.</param>
    public static string Table(TableSettings names, TableShape? existing, string fullName, string table, string id, string time, string now)
    {
        (string Name, string Type)[] added =
        [
            (names.TaskId, "text"),
            (names.Status, "text NOT NULL DEFAULT 'pending'"),
            (names.OutputUrl, "text"),
            (names.ProcessedAt, time),
            (names.Attempts, "integer NOT NULL DEFAULT 0"),
            (names.Error, "text"),
            (names.DispatchedAt, time),
        ];

        if (existing is not null)
            return string.Join('\n', added
                .Where(column => !existing.Has(column.Name))
                .Select(column => $"ALTER TABLE {fullName} ADD COLUMN {SqlText.Quote(column.Name)} {column.Type};"));

        var columns = string.Join(",\n    ", added.Select(column => $"{SqlText.Quote(column.Name)} {column.Type}"));
        return $"""
            CREATE TABLE {fullName} (
                {SqlText.Quote(names.Id)} {id},
                {SqlText.Quote(names.Url)} text NOT NULL,
                {columns},
                {SqlText.Quote(names.CreatedAt)} {time} NOT NULL DEFAULT {now},
                {SqlText.Quote(names.UpdatedAt)} {time} NOT NULL DEFAULT {now},
                CHECK ({SqlText.Quote(names.Status)} IN ('pending', 'dispatched', 'completed', 'failed')));
            CREATE INDEX {SqlText.Quote($"{table}_by_status")} ON {fullName} ({SqlText.Quote(names.Status)}, {SqlText.Quote(names.Id)});
            CREATE INDEX {SqlText.Quote($"{table}_by_url")} ON {fullName} ({SqlText.Quote(names.Url)});
            """;
    }
}
