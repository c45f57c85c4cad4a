using System.Data.Common;

namespace Podcast.Batch.Data;

/// <summary>What differs between PostgreSQL and SQLite.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>For messages.</summary>
    string Name { get; }

    /// <summary>Lends a connection.</summary>
    Task<T> Use<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Everything in <paramref name="work"/> happens or nothing does.</summary>
    Task<T> Change<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Changes tables: one process at a time.</summary>
    Task Define(string sql, CancellationToken cancellationToken);

    /// <summary>The table as it is; null where there is none.</summary>
    Task<TableShape?> Look(TableSettings names, CancellationToken cancellationToken);

    /// <summary>The statements that make the tutorial's table with our additions, or add what is missing to the one that is there.</summary>
    string Create(TableSettings names, TableShape? existing);

    /// <summary>Takes the table for one runner; see <see cref="ILease"/>.</summary>
    /// <exception cref="Cli.UsageException">Somebody else has it.</exception>
    Task<ILease> Take(TableShape table, Runner runner, TimeProvider clock, CancellationToken cancellationToken);

    /// <summary>A parameter as a value of the id's type.</summary>
    string IdOf(TableShape table, string parameter);

    /// <summary>Whether the expression is one of an array of texts.</summary>
    string IsOneOf(string expression, string parameter);

    /// <summary>A time as the column wants it.</summary>
    object TimeOf(DateTimeOffset time, ColumnKind kind);

    /// <summary>Whether the database says that something like this is there already.</summary>
    bool IsDuplicate(Exception exception);

    /// <summary>Whether it is about the row and not about the database: a value that does not fit.</summary>
    bool IsRowsFault(Exception exception);
}
