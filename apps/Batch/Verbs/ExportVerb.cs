using CsvHelper;
using CsvHelper.Configuration;

namespace Podcast.Batch.Verbs;

/// <summary><c>export</c>: writes the table as CSV, without loading all of it.</summary>
internal static class ExportVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var output = new Option<FileInfo?>("--out") { Description = "The file; the output stream if not given." };
        var status = new Option<string?>("--status") { Description = "Only rows of this status." };
        status.AcceptOnlyFromAmong(Status.Pending, Status.Dispatched, Status.Completed, Status.Failed);
        var export = new Command("export", "Write the table as CSV, safe to open in a spreadsheet.") { output, status };
        export.SetAction(async (arguments, cancellationToken) =>
        {
            await using var backlog = await table.Open(arguments, context, OpenFor.Working, cancellationToken);
            var file = arguments.GetValue(output);
            await using var writer = file?.CreateText();
            var count = await Databases.Explained(
                backlog.Database, () => Write(backlog, arguments.GetValue(status), writer ?? context.Out, cancellationToken));
            if (file is not null)
                await context.Out.WriteLineAsync($"Exported {count} rows to {file.Name}.");
            return ExitCodes.Ok;
        });
        return export;
    }

    private static Task<long> Write(Backlog backlog, string? status, TextWriter output, CancellationToken cancellationToken)
    {
        var table = backlog.Table;
        var query = new CommandDefinition(
            $"""
            SELECT CAST(m.{table.Id} AS text) AS id, m.{table.Url} AS url, m.{table.State} AS processing_status,
                   m.{table.TaskId} AS ittybit_task_id, m.{TableShape.Quote(table.Names.OutputUrl)} AS output_url,
                   m.{TableShape.Quote(table.Names.ProcessedAt)} AS processed_at, i.attempt AS attempts, i.sent_at AS dispatched_at,
                   i.cause, i.error
            FROM {table.FullName} m {table.JoinItems}
            {(status is null ? "" : $"WHERE m.{table.State} = @status")} ORDER BY m.{table.Id}
            """,
            new { table.Key, status },
            commandTimeout: 0,
            cancellationToken: cancellationToken);

        // Values that begin like a formula are escaped, so that spreadsheets do not execute them.
        var format = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", InjectionOptions = InjectionOptions.Escape };
        return backlog.Database.Use(
            async connection =>
            {
                await using var rows = await connection.ExecuteReaderAsync(query);
                await using var csv = new CsvWriter(output, format, leaveOpen: true);
                await WriteLine(rows.GetName);
                var count = 0L;
                for (; await rows.ReadAsync(cancellationToken); count++)
                    await WriteLine(column => Text(rows.GetName(column), rows.GetValue(column)));
                return count;

                Task WriteLine(Func<int, string?> field)
                {
                    for (var column = 0; column < rows.FieldCount; column++)
                        csv.WriteField(field(column));
                    return csv.NextRecordAsync();
                }
            },
            cancellationToken);
    }

    private static string? Text(string column, object value) => (column, value) switch
    {
        ("processed_at", _) => Times.Read(value) is { } time ? Times.Text(time) : null,
        ("dispatched_at", long milliseconds) => Times.Text(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
