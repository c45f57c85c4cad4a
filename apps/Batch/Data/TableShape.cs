namespace Podcast.Batch.Data;

/// <summary>The schema of an existing table.</summary>
/// <param name="Key">The table's key in the command's own tables: <c>public.media</c>, on SQLite <c>media</c>.</param>
/// <param name="FullName">The quoted name, for SQL.</param>
/// <param name="Schema">The quoted schema with a trailing dot, for the command's own tables; empty on SQLite.</param>
/// <param name="Names">The configured column names.</param>
/// <param name="Columns">The existing columns with their types.</param>
internal sealed record TableShape(
    string Key, string FullName, string Schema, TableSettings Names, IReadOnlyDictionary<string, ColumnType> Columns)
{
    /// <summary>The last part of the name, for refs.</summary>
    public string ShortName => Key[(Key.LastIndexOf('.') + 1)..];

    public bool Has(string column) => Columns.ContainsKey(column);

    /// <summary>True if the column exists and has the right type: a column of that name may serve another purpose.</summary>
    public bool Takes(string column, ColumnKind kind) => Columns.TryGetValue(column, out var type) && type.Kind == kind;
}

/// <param name="Name">The database's own name for the type.</param>
internal sealed record ColumnType(string Name, ColumnKind Kind);

/// <summary>The types of columns that the command writes.</summary>
internal enum ColumnKind
{
    Other,
    Number,
    Text,

    /// <summary>A UTC time as text, <c>2026-01-15 14:32:10</c>, as Laravel writes it on SQLite.</summary>
    TimeAsText,

    /// <summary>PostgreSQL's <c>timestamp</c>, in UTC as Laravel writes it.</summary>
    TimeWithoutZone,

    /// <summary>PostgreSQL's <c>timestamptz</c>.</summary>
    TimeWithZone,
}
