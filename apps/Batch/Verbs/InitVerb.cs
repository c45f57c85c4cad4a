namespace Podcast.Batch.Verbs;

/// <summary><c>init</c>: makes the table, or adds the columns that an existing one lacks.</summary>
internal static class InitVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var init = new Command("init", "Make the table, or add the columns that an existing one lacks. Changes nothing that is there.");
        init.SetAction(async (arguments, cancellationToken) =>
        {
            await using var database = DatabaseAddress.Open(table.Database(arguments, context), mayCreate: true);
            var words = await Databases.Explained(database, () => Prepare(database, table.Names(arguments), cancellationToken));
            await context.Out.WriteLineAsync(words);
            return ExitCodes.Ok;
        });
        return init;
    }

    private static async Task<string> Prepare(Database database, TableSettings names, CancellationToken cancellationToken)
    {
        var before = await database.Look(names, cancellationToken);
        if (before is not null && !(before.Has(names.Id) && before.Has(names.Url)))
            throw new UsageException(
                $"The table {before.Key} has no column {names.Id} or {names.Url}: --id-column and --url-column say what they are called.");

        var after = await database.Prepare(names, before, cancellationToken)
            ?? throw new UsageException($"{database.Name} has no place for a table {names.Table}.");
        await database.Define(ColumnDefinitions.Own(after), cancellationToken);
        var added = after.Columns.Keys.Except(before?.Columns.Keys ?? []).ToList();
        return (before, added) switch
        {
            (null, _) => $"Made the table {after.Key} in {database.Name}.",
            (_, []) => $"The table {after.Key} in {database.Name} has all that is needed.",
            _ => $"Added to {after.Key} in {database.Name}: {string.Join(", ", added)}.",
        };
    }
}
