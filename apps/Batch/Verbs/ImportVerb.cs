using Podcast.Batch.Files;

namespace Podcast.Batch.Verbs;

/// <summary><c>import FILE.csv|-</c>: adds addresses to the table.</summary>
internal static class ImportVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A CSV file with a column url, or with one address per line; - reads the input stream.",
        };
        var encoding = new Option<string?>("--encoding")
        {
            Description = "The encoding of a file without a byte order mark: latin1, windows-1252, utf-16 … UTF-8 if not given.",
        };
        var import = new Command("import", "Add addresses to the table, each once.") { file, encoding };
        import.SetAction(async (arguments, cancellationToken) =>
        {
            using var reader = EncodedText.Open(Open(arguments.GetValue(file)!, context), arguments.GetValue(encoding));
            await using var backlog = await table.Open(arguments, context, OpenFor.Working, cancellationToken);
            var intake = new Import(backlog, context.Error);
            await Databases.Explained(backlog.Database, async () =>
            {
                await intake.Run(CsvUrls.Read(reader, backlog.Table.Names.Url), cancellationToken);
                return 0;
            });
            await context.Out.WriteLineAsync($"Imported {intake.Added}, {intake.Duplicates} duplicates, {intake.Refused} refused.");
            return intake.Refused > 0 ? ExitCodes.Failed : ExitCodes.Ok;
        });
        return import;
    }

    private static Stream Open(string file, CliContext context)
    {
        try
        {
            return file == "-" ? context.In : File.OpenRead(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {Databases.Reason(exception)}", ExitCodes.Usage, exception);
        }
    }
}
