using System.Security.Cryptography;

namespace Podcast.Batch.Data;

/// <summary>The table of media to process, and the command's own tables beside it.</summary>
internal sealed class Backlog : IAsyncDisposable
{
    private Backlog(Database database, TableShape table, TimeProvider clock) => (Database, Table, Clock) = (database, table, clock);

    public TableShape Table { get; }

    public TimeProvider Clock { get; }

    public Database Database { get; }

    /// <summary>Opens the table and, unless it is opened for reading only, creates the command's own tables beside it.</summary>
    /// <exception cref="UsageException">The database cannot be reached, or the table lacks a required column.</exception>
    public static async Task<Backlog> Open(
        string? address, TableSettings names, OpenFor use, TimeProvider clock, CancellationToken cancellationToken)
    {
        var database = DatabaseAddress.Open(address, mayCreate: false);
        try
        {
            return await Databases.Explained(database, async () =>
            {
                var table = await database.Look(names, cancellationToken) ?? throw new UsageException(
                    $"There is no table {names.Table} in {database.Name}. `podcast-batch init` makes it; --table names another.");
                if (use == OpenFor.AddingColumns)
                    table = (await database.Prepare(names, table, cancellationToken))!;

                var missing = table.Names.Required.Where(column => !table.Has(column.Name)).ToList();
                if (missing.Count > 0)
                    throw new UsageException(
                        $"The table {table.Key} has no column {string.Join(", ", missing.Select(column => column.Name))}."
                        + " `podcast-batch init` adds what is missing;"
                        + $" {string.Join(", ", missing.Select(column => column.Option))} says what it is called in yours.");

                if (use != OpenFor.Reading)
                {
                    await database.Define(ColumnDefinitions.Own(table), cancellationToken);
                    await database.Execute(
                        $"INSERT INTO {table.Runs} (table_name, scope) VALUES (@Key, @scope) ON CONFLICT (table_name) DO NOTHING",
                        new { table.Key, scope = RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 6) },
                        cancellationToken);
                }

                return new Backlog(database, table, clock);
            });
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public Task<Lease> Take(Runner runner, CancellationToken cancellationToken) => Lease.Take(this, runner, cancellationToken);

    /// <summary>
    /// The prefix of every ref of this table. It contains a random part, because two databases with a table of the same name may
    /// share an Ittybit account and must not take each other's tasks for their own.
    /// </summary>
    public async Task<string> RefPrefix(CancellationToken cancellationToken)
    {
        var scope = await Database.Value<string>(
            $"SELECT scope FROM {Table.Runs} WHERE table_name = @Key", new { Table.Key }, cancellationToken);
        var name = Table.ShortName.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' ? letter : '_');
        return $"batch-{string.Concat(name)}-{scope}-";
    }

    /// <summary>The SQL that converts a text to the type of the id column.</summary>
    public string IdOf(string text) => Database.Cast(text, Table.IdType);

    /// <summary>The time as the column takes it; null if the table has no such column.</summary>
    public object? TimeOf(DateTimeOffset time, string column) =>
        Table.Columns.TryGetValue(column, out var type) ? Database.TimeOf(time, type) : null;

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

/// <summary>The purpose for which a table is opened.</summary>
internal enum OpenFor
{
    Working,
    Reading, // creates and changes nothing
    AddingColumns, // adds missing columns first
}
