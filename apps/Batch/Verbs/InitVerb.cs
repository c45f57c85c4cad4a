namespace Podcast.Batch.Verbs;

/// <summary><c>init</c>: makes the table, or adds the columns that an existing one lacks.</summary>
internal static class InitVerb
{
    public static Command Make(TableOptions table, CliContext context)
    {
        var init = new Command("init", "Make the table, or add the columns that an existing one lacks. Changes nothing that is there.");
        init.SetAction((arguments, cancellationToken) => Run(table.Database(arguments, context), table.Names(arguments), context, cancellationToken));
        return init;
    }

    private static async Task<int> Run(string? address, TableSettings names, CliContext context, CancellationToken cancellationToken)
    {
        await using var database = Databases.Open(address, mayCreate: true);
        var words = await Databases.Explained(database, async () =>
        {
            var before = await database.Look(names, cancellationToken);
            if (before is { } found && !(found.Has(names.Id) && found.Has(names.Url)))
                throw new UsageException($"The table {found.Key} has no column {names.Id} or {names.Url}: --id-column and --url-column say what they are called.");

            var sql = database.Create(names, before);
            if (sql.Length > 0)
                await database.Define(sql, cancellationToken);

            var after = await database.Look(names, cancellationToken)
                ?? throw new UsageException($"{database.Name} has no place for a table {names.Table}.");
            await database.Define(Definitions.Own(after.Schema), cancellationToken);
            var added = after.Columns.Keys.Except(before?.Columns.Keys ?? []).ToList();
            return (before, added) switch
            {
                (null, _) => $"Made the table {after.Key} in {database.Name}.",
                (_, []) => $"The table {after.Key} in {database.Name} has all that is needed.",
                _ => $"Added to {after.Key} in {database.Name}: {string.Join(", ", added)}.",
            };
        });
        await context.Out.WriteLineAsync(words);
        return ExitCodes.Ok;
    }
}
