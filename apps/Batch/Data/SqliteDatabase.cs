using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Podcast.Batch.Data;

/// <summary>SQLite, with one connection that is used by one caller at a time.</summary>
internal sealed class SqliteDatabase(DatabaseAddress address, bool mayCreate)
    : Database(address.Name, Definitions, Columns, StringComparer.OrdinalIgnoreCase)
{
    private const string Columns = """
        SELECT NULL, m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type IN ('table', 'view') AND m.name = @table COLLATE NOCASE AND @schema IS NULL ORDER BY c.cid
        """;

    private static readonly ColumnDefinitions Definitions = new("integer PRIMARY KEY AUTOINCREMENT", "datetime", "CURRENT_TIMESTAMP");

    private readonly SemaphoreSlim turn = new(1);
    private readonly SqliteConnection connection = new(new SqliteConnectionStringBuilder(address.ConnectionString)
    {
        Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
        Pooling = false,
    }.ConnectionString);

    public override async Task<T> Use<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (connection.State != System.Data.ConnectionState.Open)
                await connection.OpenAsync(cancellationToken);
            return await work(connection);
        }
        finally
        {
            turn.Release();
        }
    }

    public override Task<DbConnection?> OpenSession(CancellationToken cancellationToken) => Task.FromResult<DbConnection?>(null);

    // The affinity of the column converts numeric text to a number.
    public override string Cast(string text, string type) => text;

    // Dapper expands the list parameter.
    public override string IsOneOf(string expression, string parameter, string type = "text") => $"{expression} IN {parameter}";

    public override object TimeOf(DateTimeOffset time, ColumnType column) => Times.Text(time);

    public override bool IsDuplicate(Exception exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SQLITE_CONSTRAINT_UNIQUE or SQLITE_CONSTRAINT_PRIMARYKEY };

    public override bool IsRowsFault(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLITE_CONSTRAINT or SQLITE_MISMATCH or SQLITE_TOOBIG };

    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        turn.Dispose();
    }

    protected override (string? Schema, string Table) Place(TableSettings names) =>
        names.Place is ("main", var table) ? (null, table) : names.Place;

    protected override ColumnType TypeOf(string type) => new(type, type.ToUpperInvariant() switch
    {
        var word when word.Contains("DATE", StringComparison.Ordinal) || word.Contains("TIME", StringComparison.Ordinal) => ColumnKind.Time,
        var word when word.Contains("INT", StringComparison.Ordinal) => ColumnKind.Number,
        var word when word.Contains("CHAR", StringComparison.Ordinal) || word.Contains("TEXT", StringComparison.Ordinal) => ColumnKind.Text,
        _ => ColumnKind.Other,
    });
}
