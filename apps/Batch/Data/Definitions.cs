namespace Podcast.Batch.Data;

/// <summary>The definition of the user's table, in the SQL that PostgreSQL and SQLite share.</summary>
/// <param name="Id">The definition of the id column.</param>
/// <param name="Time">The column type for times.</param>
/// <param name="Now">The default of created_at and updated_at.</param>
internal sealed record ColumnDefinitions(string Id, string Time, string Now)
{
    /// <summary>
    /// The command's own tables, for items and runs. They are separate, so that a table that belongs to another application need
    /// not be changed. Times are Unix milliseconds.
    /// </summary>
    public static string Own(TableShape table) => $"""
        CREATE TABLE IF NOT EXISTS {table.Items} (
            table_name text NOT NULL, item_id text NOT NULL,
            attempt integer NOT NULL, state text NOT NULL, via text NOT NULL DEFAULT 'task',
            ref text, task_id text, run_id text,
            claimed_at bigint, sent_at bigint, checked_at bigint, settled_at bigint,
            misses integer NOT NULL DEFAULT 0,
            cause text, error text,
            PRIMARY KEY (table_name, item_id));
        CREATE UNIQUE INDEX IF NOT EXISTS podcast_batch_items_by_task ON {table.Items} (table_name, task_id);
        CREATE INDEX IF NOT EXISTS podcast_batch_items_by_run ON {table.Items} (table_name, run_id, state, item_id);
        CREATE TABLE IF NOT EXISTS {table.Runs} (
            table_name text PRIMARY KEY, scope text NOT NULL,
            run_id text, host text, pid integer, started bigint, since bigint, heartbeat bigint);
        """;

    /// <summary>The tutorial's table with three additional columns: attempts, error, dispatched_at.</summary>
    public string NewTable(TableSettings names, string? schema, string table)
    {
        var fullName = (schema is null ? "" : TableShape.Quote(schema) + ".") + TableShape.Quote(table);
        var status = TableShape.Quote(names.Status);
        var url = TableShape.Quote(names.Url);
        return $"""
            CREATE TABLE {fullName} (
                {TableShape.Quote(names.Id)} {Id},
                {url} text NOT NULL,
                {string.Join(",\n    ", Added(names).Select(column => $"{TableShape.Quote(column.Name)} {column.Type}"))},
                {TableShape.Quote(names.CreatedAt)} {Time} NOT NULL DEFAULT {Now},
                {TableShape.Quote(names.UpdatedAt)} {Time} NOT NULL DEFAULT {Now},
                CHECK ({status} IN ('pending', 'dispatched', 'completed', 'failed')));
            CREATE INDEX {TableShape.Quote($"{table}_by_status")} ON {fullName} ({status}, {TableShape.Quote(names.Id)});
            CREATE INDEX {TableShape.Quote($"{table}_by_url")} ON {fullName} ({url});
            """;
    }

    /// <summary>The statements that add what an existing table lacks, apart from created_at and updated_at.</summary>
    public string MissingColumns(TableShape table) => string.Join('\n', Added(table.Names)
        .Where(column => !table.Has(column.Name))
        .Select(column => $"ALTER TABLE {table.FullName} ADD COLUMN {TableShape.Quote(column.Name)} {column.Type};"));

    private (string Name, string Type)[] Added(TableSettings names) =>
    [
        (names.TaskId, "text"), (names.Status, "text NOT NULL DEFAULT 'pending'"), (names.OutputUrl, "text"), (names.ProcessedAt, Time),
        (names.Attempts, "integer NOT NULL DEFAULT 0"), (names.Error, "text"), (names.DispatchedAt, Time),
    ];
}
