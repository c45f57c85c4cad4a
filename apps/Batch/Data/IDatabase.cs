namespace Podcast.Batch.Data;

/// <summary>The operations in which PostgreSQL and SQLite differ.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>The name for messages, without user and password.</summary>
    string Name { get; }

    /// <summary>Runs <paramref name="work"/> with a connection.</summary>
    Task<T> Use<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in a transaction.</summary>
    Task<T> Change<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs schema changes, in one process at a time.</summary>
    Task Define(string sql, CancellationToken cancellationToken);

    /// <summary>Reads the table's schema; null if there is no such table.</summary>
    Task<TableShape?> Look(TableSettings names, CancellationToken cancellationToken);

    /// <summary>
    /// The statements that create the tutorial's table with additional columns, or add missing columns to the existing table.
    /// </summary>
    string Create(TableSettings names, TableShape? existing);

    /// <summary>Takes the table's lease for a runner; see <see cref="ILease"/>.</summary>
    /// <exception cref="Cli.UsageException">Another run holds the lease.</exception>
    Task<ILease> Take(TableShape table, Runner runner, TimeProvider clock, CancellationToken cancellationToken);

    /// <summary>The SQL that converts a parameter to the type of the id column.</summary>
    string IdOf(TableShape table, string parameter);

    /// <summary>The SQL that tests whether an expression equals one of an array of texts.</summary>
    string IsOneOf(string expression, string parameter);

    /// <summary>Converts a time to the column's type.</summary>
    object TimeOf(DateTimeOffset time, ColumnKind kind);

    /// <summary>True for the violation of a unique constraint.</summary>
    bool IsDuplicate(Exception exception);

    /// <summary>True if the database refused a value of the row, rather than failed itself.</summary>
    bool IsRowsFault(Exception exception);
}
