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
    private readonly Option<string> id = Column("id", Tutorial.Id);
    private readonly Option<string> url = Column("url", Tutorial.Url);
    private readonly Option<string> taskId = Column("task-id", Tutorial.TaskId);
    private readonly Option<string> status = Column("status", Tutorial.Status);
    private readonly Option<string> outputUrl = Column("output-url", Tutorial.OutputUrl);
    private readonly Option<string> processedAt = Column("processed-at", Tutorial.ProcessedAt);
    private readonly Option<string> createdAt = Column("created-at", Tutorial.CreatedAt);
    private readonly Option<string> updatedAt = Column("updated-at", Tutorial.UpdatedAt);
    private readonly Option<string> attempts = Column("attempts", Tutorial.Attempts);
    private readonly Option<string> error = Column("error", Tutorial.Error);
    private readonly Option<string> dispatchedAt = Column("dispatched-at", Tutorial.DispatchedAt);

    public IEnumerable<Option> All =>
        [db, table, id, url, taskId, status, outputUrl, processedAt, createdAt, updatedAt, attempts, error, dispatchedAt];

    public string? Database(ParseResult arguments, CliContext context) => arguments.GetValue(db) ?? context.Configuration["PODCAST_BATCH_DB"];

    public TableSettings Names(ParseResult arguments) => new(
        arguments.GetValue(table)!,
        arguments.GetValue(id)!,
        arguments.GetValue(url)!,
        arguments.GetValue(taskId)!,
        arguments.GetValue(status)!,
        arguments.GetValue(outputUrl)!,
        arguments.GetValue(processedAt)!,
        arguments.GetValue(createdAt)!,
        arguments.GetValue(updatedAt)!,
        arguments.GetValue(attempts)!,
        arguments.GetValue(error)!,
        arguments.GetValue(dispatchedAt)!);

    /// <summary>Opens the table that the options name.</summary>
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
