namespace Podcast.Batch.Cli;

/// <summary>The options for database, table and columns, shared by all commands.</summary>
internal sealed class TableOptions
{
    private static readonly TableSettings Tutorial = new();

    private readonly Option<string?> db = new("--db")
    {
        Description = "postgres://user:password@host/database, a connection string, or a SQLite file. Else PODCAST_BATCH_DB.",
        Recursive = true,
    };

    private readonly Option<string> table = Named("--table", Tutorial.Table, "The table: TABLE or SCHEMA.TABLE.");

    public IEnumerable<Option> All =>
    [
        db, table,
        Column("id", Tutorial.Id), Column("url", Tutorial.Url), Column("task-id", Tutorial.TaskId), Column("status", Tutorial.Status),
        Column("output-url", Tutorial.OutputUrl), Column("processed-at", Tutorial.ProcessedAt),
        Column("created-at", Tutorial.CreatedAt), Column("updated-at", Tutorial.UpdatedAt),
        Column("attempts", Tutorial.Attempts), Column("error", Tutorial.Error), Column("dispatched-at", Tutorial.DispatchedAt),
    ];

    public string? Database(ParseResult arguments, CliContext context) =>
        arguments.GetValue(db) ?? context.Configuration["PODCAST_BATCH_DB"];

    public TableSettings Names(ParseResult arguments)
    {
        return new TableSettings(
            arguments.GetValue(table)!, Column("id"), Column("url"), Column("task-id"), Column("status"),
            Column("output-url"), Column("processed-at"), Column("created-at"), Column("updated-at"), Column("attempts"), Column("error"),
            Column("dispatched-at"));

        string Column(string what) => arguments.GetRequiredValue<string>($"--{what}-column");
    }

    public Task<Backlog> Open(ParseResult arguments, CliContext context, OpenFor use, CancellationToken cancellationToken) =>
        Backlog.Open(Database(arguments, context), Names(arguments), use, context.Clock, cancellationToken);

    private static Option<string> Column(string what, string name) => Named($"--{what}-column", name, "What that column is called.");

    private static Option<string> Named(string option, string name, string description) => new(option)
    {
        Description = description,
        DefaultValueFactory = _ => name,
        Recursive = true,
    };
}
