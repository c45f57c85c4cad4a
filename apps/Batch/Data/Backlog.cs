using System.Security.Cryptography;

namespace Podcast.Batch.Data;

/// <summary>The table of media to process, and the command's own tables beside it.</summary>
internal sealed class Backlog : IAsyncDisposable
{
    private readonly IDatabase database;

    private Backlog(IDatabase database, TableShape table, TimeProvider clock) =>
        (this.database, Table, Clock, Sql) = (database, table, clock, new ItemSql(database, table));

    public TableShape Table { get; }

    public TimeProvider Clock { get; }

    public IDatabase Database => database;

    public ItemSql Sql { get; }

    /// <summary>Opens the table and, unless it is opened for reading only, creates the command's own tables beside it.</summary>
    /// <exception cref="UsageException">The database cannot be reached, or the table lacks a required column.</exception>
    public static async Task<Backlog> Open(
        string? address, TableSettings names, OpenFor use, TimeProvider clock, CancellationToken cancellationToken)
    {
        var database = Databases.Open(address, mayCreate: false);
        try
        {
            return await Databases.Explained(database, async () =>
            {
                var table = await database.Look(names, cancellationToken)
                    ?? throw new UsageException($"There is no table {names.Table} in {database.Name}. `podcast-batch init` makes it; --table names another.");
                if (use == OpenFor.AddingColumns && database.Create(names, table) is { Length: > 0 } additions)
                {
                    await database.Define(additions, cancellationToken);
                    table = (await database.Look(names, cancellationToken))!;
                }

                Demand(table);
                if (use != OpenFor.Reading)
                {
                    await database.Define(Definitions.Own(table.Schema), cancellationToken);
                    await database.Use(connection => Introduce(connection, table), cancellationToken);
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

    public Task<ILease> Take(Runner runner, CancellationToken cancellationToken) => database.Take(Table, runner, Clock, cancellationToken);

    /// <summary>
    /// The prefix of every ref of this table. It contains a random part, because two databases with a table of the same name may
    /// share an Ittybit account and must not take each other's tasks for their own.
    /// </summary>
    public async Task<string> RefPrefix(CancellationToken cancellationToken)
    {
        var scope = await database.Use(
            connection => connection.QuerySingleAsync<string>(
                $"SELECT scope FROM {Table.Schema}podcast_batch_runs WHERE table_name = @Key", new { Table.Key }),
            cancellationToken);
        return $"batch-{SqlText.Plain(Table.ShortName)}-{scope}-";
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static void Demand(TableShape table)
    {
        var missing = table.Names.Required.Where(column => !table.Has(column.Name)).ToList();
        if (missing.Count > 0)
            throw new UsageException(
                $"The table {table.Key} has no column {string.Join(", ", missing.Select(column => column.Name))}. `podcast-batch init` adds what is missing;"
                + $" {string.Join(", ", missing.Select(column => column.Option))} says what it is called in yours.");
    }

    private static Task<int> Introduce(DbConnection connection, TableShape table) => connection.ExecuteAsync(
        $"INSERT INTO {table.Schema}podcast_batch_runs (table_name, scope) VALUES (@Key, @scope) ON CONFLICT (table_name) DO NOTHING",
        new { table.Key, scope = RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 6) });
}

/// <summary>The purpose for which a table is opened.</summary>
internal enum OpenFor
{
    Working,

    /// <summary>Creates and changes nothing.</summary>
    Reading,

    /// <summary>Adds missing columns first.</summary>
    AddingColumns,
}
