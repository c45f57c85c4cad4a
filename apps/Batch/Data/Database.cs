using System.Net.Sockets;

namespace Podcast.Batch.Data;

/// <summary>A database. The virtual and abstract members are all in which PostgreSQL and SQLite differ.</summary>
/// <param name="columnsQuery">Returns each column of the table <c>@schema.@table</c>: schema, table, column, type, the number of
/// characters if it is limited, and whether null is refused.</param>
/// <param name="definitionLock">A statement that lets one process at a time change the schema.</param>
internal abstract class Database(
    string name, ColumnDefinitions definitions, string columnsQuery, StringComparer columnNames, string definitionLock = "")
    : IAsyncDisposable
{
    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.AddTypeHandler(new UnixMilliseconds());
    }

    /// <summary>The name for messages, without user and password.</summary>
    public string Name => name;

    /// <summary>Runs <paramref name="work"/> with a connection.</summary>
    public abstract Task<T> Use<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Opens a connection whose advisory locks end with this process; null if the database has no such locks.</summary>
    public virtual Task<DbConnection?> OpenSession(CancellationToken cancellationToken) => Task.FromResult<DbConnection?>(null);

    /// <summary>The SQL that converts a text to the type of a column. On SQLite the column's affinity does.</summary>
    public virtual string Cast(string text, string type) => text;

    /// <summary>The SQL that tests whether an expression equals one of an array of texts. On SQLite Dapper expands it.</summary>
    public virtual string IsOneOf(string expression, string parameter, string type = "text") => $"{expression} IN {parameter}";

    /// <summary>Converts a time to the column's type.</summary>
    public abstract object TimeOf(DateTimeOffset time, ColumnType column);

    /// <summary>True for the violation of a unique constraint.</summary>
    public abstract bool IsDuplicate(Exception exception);

    /// <summary>True if the database refused a value of the row, rather than failed itself.</summary>
    public abstract bool IsRowsFault(Exception exception);

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs <paramref name="work"/> in a transaction.</summary>
    public Task<T> Change<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) => Use(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(connection);
            await transaction.CommitAsync(cancellationToken);
            return result;
        },
        cancellationToken);

    public Task<int> Execute(string sql, object parameters, CancellationToken cancellationToken) =>
        Use(connection => connection.ExecuteAsync(sql, parameters), cancellationToken);

    public Task<T?> Value<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        Use(connection => connection.ExecuteScalarAsync<T>(sql, parameters), cancellationToken);

    public async Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        (await Use(connection => connection.QueryAsync<T>(sql, parameters), cancellationToken)).AsList();

    public Task Define(string sql, CancellationToken cancellationToken) =>
        Change(connection => connection.ExecuteAsync(definitionLock + sql), cancellationToken);

    /// <summary>Creates the table, or adds the columns that the existing one lacks. Null if there is no place for it.</summary>
    public async Task<TableShape?> Prepare(TableSettings names, TableShape? existing, CancellationToken cancellationToken)
    {
        var (schema, table) = Place(names);
        var sql = existing is null ? definitions.NewTable(names, schema, table) : definitions.MissingColumns(existing);
        if (sql.Length > 0)
            await Define(sql, cancellationToken);
        return await Look(names, cancellationToken);
    }

    /// <summary>Reads the table's schema; null if there is no such table.</summary>
    public async Task<TableShape?> Look(TableSettings names, CancellationToken cancellationToken)
    {
        var (schema, table) = Place(names);
        var columns = await Query<(string? Schema, string Table, string Name, string Type, int? Length, bool Required)>(
            columnsQuery, new { schema, table }, cancellationToken);
        var types = columns.ToDictionary(column => column.Name, Described, columnNames);
        return columns is [var first, ..] ? new TableShape(first.Schema, first.Table, names, types) : null;

        ColumnType Described((string?, string, string, string Type, int? Length, bool Required) column) =>
            TypeOf(column.Type) with { Length = column.Length, IsRequired = column.Required };
    }

    protected abstract ColumnType TypeOf(string type);

    protected virtual (string? Schema, string Table) Place(TableSettings names) => names.Place;
}

/// <summary>Describes the errors of databases in one line.</summary>
internal static class Databases
{
    /// <summary>Turns database exceptions into one line that names the database and contains no password.</summary>
    public static async Task<T> Explained<T>(Database database, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is DbException or SocketException or IOException or TimeoutException)
        {
            throw new UsageException($"The database {database.Name} cannot be used: {Reason(exception)}", ExitCodes.Usage, exception);
        }
    }

    /// <summary>The message of the innermost exception, on one line.</summary>
    public static string Reason(Exception exception)
    {
        var words = (exception is Npgsql.PostgresException postgres ? postgres.MessageText : exception.GetBaseException().Message)
            .ReplaceLineEndings(" ").Trim();
        return words.EndsWith('.') ? words : words + ".";
    }
}
