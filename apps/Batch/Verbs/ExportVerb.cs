using Podcast.Batch.Files;

namespace Podcast.Batch.Verbs;

/// <summary><c>export</c>: writes the table as CSV.</summary>
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
                backlog.Database, () => Export.Run(backlog, arguments.GetValue(status), writer ?? context.Out, cancellationToken));
            if (file is not null)
                await context.Out.WriteLineAsync($"Exported {count} rows to {file.Name}.");
            return ExitCodes.Ok;
        });
        return export;
    }
}
