namespace Podcast.Batch.Data;

/// <summary>A table as it really is.</summary>
/// <param name="Key">Names it in our own tables: <c>public.media</c>, on SQLite <c>media</c>.</param>
/// <param name="FullName">Quoted, for SQL.</param>
/// <param name="Schema">Quoted and with its dot, for our own tables beside it; empty on SQLite.</param>
/// <param name="Names">What the columns are called.</param>
/// <param name="Columns">The columns that are there, with their types.</param>
internal sealed record TableShape(
    string Key, string FullName, string Schema, TableSettings Names, IReadOnlyDictionary<string, ColumnType> Columns)
{
    /// <summary>The last part of the name, for refs.</summary>
    public string ShortName => Key[(Key.LastIndexOf('.') + 1)..];

    public bool Has(string column) => Columns.ContainsKey(column);

    /// <summary>Whether the column is there and takes what we would write: one of that name may be about something else.</summary>
    public bool Takes(string column, ColumnKind kind) => Columns.TryGetValue(column, out var type) && type.Kind == kind;
}

/// <param name="Name">The database's own name for the type.</param>
internal sealed record ColumnType(string Name, ColumnKind Kind);

/// <summary>What a column can hold, as far as we write it.</summary>
internal enum ColumnKind
{
    Other,
    Number,
    Text,

    /// <summary>A time as text, <c>2026-01-15 14:32:10</c>, UTC, as Laravel does on SQLite.</summary>
    TimeAsText,

    /// <summary>PostgreSQL's <c>timestamp</c>: UTC, as Laravel does.</summary>
    TimeWithoutZone,

    /// <summary>PostgreSQL's <c>timestamptz</c>.</summary>
    TimeWithZone,
}
