using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Podcast.Batch.Data;

/// <summary>SQLite, with one connection that is used by one caller at a time.</summary>
internal sealed class SqliteDatabase(string file, bool mayCreate)
    : Database(file, Definitions, Columns, StringComparer.OrdinalIgnoreCase)
{
    private const string Columns = """
        SELECT NULL, m.name, c.name, c.type, NULL, c."notnull" FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type IN ('table', 'view') AND m.name = @table COLLATE NOCASE AND @schema IS NULL ORDER BY c.cid
        """;

    private static readonly ColumnDefinitions Definitions = new("integer PRIMARY KEY AUTOINCREMENT", "datetime", "CURRENT_TIMESTAMP");

    private readonly SemaphoreSlim turn = new(1);
    private readonly SqliteConnection connection = new(new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
        DefaultTimeout = 30, // seconds
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

    protected override ColumnType TypeOf(string type)
    {
        var kind = Has("DATE") || Has("TIME") ? ColumnKind.Time
            : Has("INT") ? ColumnKind.Number
            : Has("CHAR") || Has("TEXT") ? ColumnKind.Text
            : ColumnKind.Other;
        return new ColumnType(type, kind);

        bool Has(string word) => type.Contains(word, StringComparison.OrdinalIgnoreCase);
    }
}
