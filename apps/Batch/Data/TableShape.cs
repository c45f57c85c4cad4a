using Podcast.Redaction;

namespace Podcast.Batch.Data;

/// <summary>The names of the table and its columns. The defaults are the tutorial's names.</summary>
/// <param name="Table"><c>media</c> or <c>schema.media</c>.</param>
internal sealed record TableSettings(
    string Table = "media", string Id = "id", string Url = "url", string TaskId = "ittybit_task_id", string Status = "processing_status",
    string OutputUrl = "output_url", string ProcessedAt = "processed_at", string CreatedAt = "created_at", string UpdatedAt = "updated_at",
    string Attempts = "attempts", string Error = "error", string DispatchedAt = "dispatched_at")
{
    /// <summary>The columns that the table must have, with the options that name them.</summary>
    public IReadOnlyList<(string Name, string Option)> Required =>
    [
        (Id, "--id-column"), (Url, "--url-column"), (TaskId, "--task-id-column"), (Status, "--status-column"),
        (OutputUrl, "--output-url-column"), (ProcessedAt, "--processed-at-column"),
    ];

    public (string? Schema, string Table) Place => Table.Split('.') switch
    {
        [{ Length: > 0 } name] => (null, name),
        [{ Length: > 0 } schema, { Length: > 0 } name] => (schema, name),
        _ => throw new UsageException($"--table '{Table}' is neither TABLE nor SCHEMA.TABLE."),
    };
}

/// <summary>An existing table, with its names as SQL needs them.</summary>
/// <param name="SchemaName">Null on SQLite.</param>
internal sealed record TableShape(
    string? SchemaName, string ShortName, TableSettings Names, IReadOnlyDictionary<string, ColumnType> Columns)
{
    /// <summary>The table's key in the command's own tables: <c>public.media</c>, on SQLite <c>media</c>.</summary>
    public string Key => SchemaName is null ? ShortName : $"{SchemaName}.{ShortName}";

    public string FullName => Schema + Quote(ShortName);

    public string Items => $"{Schema}podcast_batch_items";

    public string Runs => $"{Schema}podcast_batch_runs";

    public string Id { get; } = Quote(Names.Id);

    public string Url { get; } = Quote(Names.Url);

    public string State { get; } = Quote(Names.Status);

    public string TaskId { get; } = Quote(Names.TaskId);

    public string IdType => Columns[Names.Id].Name;

    /// <summary>Joins the items <c>i</c> to the rows <c>m</c>; needs the parameter <c>Key</c>.</summary>
    public string JoinItems => $"LEFT JOIN {Items} i ON i.table_name = @Key AND i.item_id = CAST(m.{Id} AS text)";

    private string Schema => SchemaName is null ? "" : Quote(SchemaName) + ".";

    /// <summary>Makes a name from the command line safe for SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public bool Has(string column) => Columns.ContainsKey(column);

    /// <summary>True if the column exists and has the right type: a column of that name may serve another purpose.</summary>
    public bool Takes(string column, ColumnKind kind) => Columns.TryGetValue(column, out var type) && type.Kind == kind;

    /// <summary>
    /// A message as the column of errors takes it, because a note must not keep its row from being changed. The whole message is
    /// with the item.
    /// </summary>
    public string? ErrorNote(string? message) => Columns[Names.Error] switch
    {
        { IsRequired: true } when message is null => "",
        { Length: { } length } when message is not null => Redactor.Cut(message, length),
        _ => message,
    };
}

/// <param name="Length">The number of characters that fit; null if any number does.</param>
internal sealed record ColumnType(string Name, ColumnKind Kind, int? Length = null, bool IsRequired = false);

/// <summary>The types of columns that the command writes.</summary>
internal enum ColumnKind
{
    Other,
    Number,
    Text,
    Time, // in UTC; on SQLite a text, "2026-01-15 14:32:10", as Laravel writes it
}
