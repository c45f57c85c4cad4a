namespace Podcast.Batch.Verbs;

/// <summary><c>retry --failed</c>: gives failed items another attempt.</summary>
internal static class RetryVerb
{
    // The causes of items whose tasks may have completed since.
    private const string MayHaveEnded =
        $"cause IN ('{FailureCauses.Deadline}', '{FailureCauses.Storage}') AND state = 'settled' AND task_id IS NOT NULL";

    public static Command Make(TableOptions table, CliContext context)
    {
        var failed = new Option<bool>("--failed") { Description = "Those that failed. Must be said." };
        var cause = new Option<string?>("--cause") { Description = "Only those that failed of this; `status` lists the causes." };
        var anew = new Option<bool>("--anew") { Description = "Make new tasks even where the old one may still end well." };
        var retry = new Command("retry", "Give failed items another attempt at the next run.") { failed, cause, anew };
        retry.SetAction(async (arguments, cancellationToken) =>
        {
            if (!arguments.GetValue(failed))
                throw new UsageException("Say which: podcast-batch retry --failed, or --failed --cause …");

            await using var backlog = await table.Open(arguments, context, OpenFor.Working, cancellationToken);
            var (pending, dispatched) = await Databases.Explained(
                backlog.Database, () => Reset(backlog, arguments.GetValue(cause), arguments.GetValue(anew), cancellationToken));
            var waiting = dispatched > 0
                ? $" {dispatched} have a task that may have ended by now: `podcast-batch run --resume` asks again, --anew makes new ones."
                : "";
            await context.Out.WriteLineAsync(
                pending + dispatched == 0 ? "No failed media of that kind." : $"{pending} failed media are pending again.{waiting}");
            return ExitCodes.Ok;
        });
        return retry;
    }

    /// <summary>Sets failed rows to pending or, if their tasks may have ended well since, to dispatched.</summary>
    /// <returns>The number of rows set to pending, and the number set to dispatched.</returns>
    private static Task<(int Pending, int Dispatched)> Reset(Backlog backlog, string? cause, bool anew, CancellationToken cancellationToken)
    {
        var (table, names) = (backlog.Table, backlog.Table.Names);
        var now = backlog.Clock.GetUtcNow();
        var item = $"SELECT 1 FROM {table.Items} i WHERE i.table_name = @Key AND i.item_id = CAST({table.FullName}.{table.Id} AS text)";
        var chosen = cause switch
        {
            null => "",
            "unknown" => $"AND NOT EXISTS ({item} AND cause IS NOT NULL)",
            _ => $"AND EXISTS ({item} AND cause = @cause)",
        };
        var hasError = table.Takes(names.Error, ColumnKind.Text);
        var error = hasError ? $", {TableShape.Quote(names.Error)} = @note" : "";
        var updated = table.Has(names.UpdatedAt) ? $", {TableShape.Quote(names.UpdatedAt)} = @updated" : "";
        var note = hasError ? table.ErrorNote(null) : null;
        var parameters = new { table.Key, cause, now, note, updated = backlog.TimeOf(now, names.UpdatedAt) };

        return backlog.Database.Change(
            async connection =>
            {
                var dispatched = anew ? 0 : await Set(connection, "'dispatched'", $"{chosen} AND EXISTS ({item} AND {MayHaveEnded})");
                if (dispatched > 0)
                    await connection.ExecuteAsync(
                        $"""
                        UPDATE {table.Items} SET state = 'sent', sent_at = @now, settled_at = NULL, cause = NULL, error = NULL, misses = 0
                        WHERE table_name = @Key AND {MayHaveEnded} AND EXISTS (
                            SELECT 1 FROM {table.FullName} m
                            WHERE m.{table.Id} = {backlog.IdOf("item_id")} AND m.{table.State} = 'dispatched')
                        """,
                        parameters);
                return (await Set(connection, $"'pending', {table.TaskId} = NULL", chosen), dispatched);
            },
            cancellationToken);

        Task<int> Set(DbConnection connection, string to, string condition) => connection.ExecuteAsync(
            $"UPDATE {table.FullName} SET {table.State} = {to}{error}{updated} WHERE {table.State} = 'failed' {condition}", parameters);
    }
}
