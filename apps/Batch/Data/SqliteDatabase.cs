using Microsoft.Data.Sqlite;

namespace Podcast.Batch.Data;

/// <summary>SQLite, with one connection that is used by one caller at a time; the lease is a row with a heartbeat.</summary>
internal sealed class SqliteDatabase(DatabaseAddress address, bool mayCreate) : IDatabase
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly SqliteConnection connection = new(new SqliteConnectionStringBuilder(address.ConnectionString)
    {
        Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
        Pooling = false,
    }.ConnectionString);

    public string Name => address.Name;

    public async Task<T> Use<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
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

    public Task<T> Change<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) => Use(
        async lent =>
        {
            await using var transaction = await lent.BeginTransactionAsync(cancellationToken);
            var result = await work(lent);
            await transaction.CommitAsync(cancellationToken);
            return result;
        },
        cancellationToken);

    public Task Define(string sql, CancellationToken cancellationToken) => Change(lent => lent.ExecuteAsync(sql), cancellationToken);

    public async Task<TableShape?> Look(TableSettings names, CancellationToken cancellationToken)
    {
        var (schema, table) = SqlText.Split(names.Table);
        var found = await Use(
            async lent =>
            {
                var name = await lent.ExecuteScalarAsync<string?>(
                    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name = @table COLLATE NOCASE", new { table });
                var columns = await lent.QueryAsync<(string Name, string Type)>("SELECT name, type FROM pragma_table_info(@table)", new { table });
                return (Name: name, Columns: columns.AsList());
            },
            cancellationToken);

        if (found.Name is null || schema is not (null or "main"))
            return null;

        return new TableShape(
            found.Name,
            SqlText.Quote(found.Name),
            "",
            names,
            found.Columns.ToDictionary(
                column => column.Name, column => new ColumnType(column.Type, KindOf(column.Type)), StringComparer.OrdinalIgnoreCase));
    }

    public string Create(TableSettings names, TableShape? existing)
    {
        var (_, table) = SqlText.Split(names.Table);
        return Definitions.Table(
            names, existing, SqlText.Quote(table), table, "integer PRIMARY KEY AUTOINCREMENT", "datetime", "CURRENT_TIMESTAMP");
    }

    public async Task<ILease> Take(TableShape table, Runner runner, TimeProvider clock, CancellationToken cancellationToken) =>
        await RowLease.Take(this, table, runner, clock, cancellationToken);

    // The affinity of the column converts numeric text to a number.
    public string IdOf(TableShape table, string parameter) => parameter;

    // Dapper expands the list parameter.
    public string IsOneOf(string expression, string parameter) => $"{expression} IN {parameter}";

    public object TimeOf(DateTimeOffset time, ColumnKind kind) => Times.Text(time);

    public bool IsDuplicate(Exception exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    public bool IsRowsFault(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_MISMATCH or SQLitePCL.raw.SQLITE_TOOBIG };

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        turn.Dispose();
    }

    private static ColumnKind KindOf(string type) => type.ToUpperInvariant() switch
    {
        var word when word.Contains("DATE", StringComparison.Ordinal) || word.Contains("TIME", StringComparison.Ordinal) => ColumnKind.TimeAsText,
        var word when word.Contains("INT", StringComparison.Ordinal) => ColumnKind.Number,
        var word when word.Contains("CHAR", StringComparison.Ordinal) || word.Contains("TEXT", StringComparison.Ordinal) => ColumnKind.Text,
        _ => ColumnKind.Other,
    };
}
