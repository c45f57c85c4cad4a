namespace Podcast.Batch.Data;

/// <summary>Sets failed rows back to pending, or to dispatched.</summary>
internal static class Retries
{
    /// <param name="cause">Only rows that failed with this cause; null: all.</param>
    /// <param name="anew">True: makes new tasks for all rows. False: rows whose task may have completed since become dispatched,
    /// so that the task is polled again.</param>
    /// <returns>The number of rows set to pending, and the number set to dispatched.</returns>
    public static Task<(int Pending, int Dispatched)> Run(Backlog backlog, string? cause, bool anew, CancellationToken cancellationToken)
    {
        var (table, sql) = (backlog.Table, backlog.Sql);
        var now = backlog.Clock.GetUtcNow();
        var item = $"SELECT 1 FROM {sql.Items} i WHERE i.table_name = @Key AND i.item_id = CAST({table.FullName}.{sql.Id} AS text)";
        var chosen = cause switch
        {
            null => "",
            "unknown" => $"AND NOT EXISTS ({item} AND i.cause IS NOT NULL)",
            _ => $"AND EXISTS ({item} AND i.cause = @cause)",
        };
        var mayHaveEnded = $"EXISTS ({item} AND i.cause IN ('{FailureCauses.Deadline}', '{FailureCauses.Storage}') AND i.state = 'settled' AND i.task_id IS NOT NULL)";

        return backlog.Database.Change(
            async connection =>
            {
                var dispatched = anew ? 0 : await connection.ExecuteAsync(Update(Status.Dispatched, $"{chosen} AND {mayHaveEnded}"), Parameters());
                if (dispatched > 0)
                    await connection.ExecuteAsync(
                        $"""
                        UPDATE {sql.Items} SET state = 'sent', sent_at = @now, settled_at = NULL, cause = NULL, error = NULL, misses = 0
                        WHERE table_name = @Key AND state = 'settled' AND cause IN ('{FailureCauses.Deadline}', '{FailureCauses.Storage}') AND task_id IS NOT NULL
                          AND EXISTS (SELECT 1 FROM {table.FullName} m
                                      WHERE m.{sql.Id} = {backlog.Database.IdOf(table, "item_id")} AND m.{sql.State} = 'dispatched')
                        """,
                        new { table.Key, now = now.ToUnixTimeMilliseconds() });
                return (await connection.ExecuteAsync(Update(Status.Pending, chosen), Parameters()), dispatched);
            },
            cancellationToken);

        string Update(string to, string condition)
        {
            var task = to == Status.Pending ? $", {sql.TaskId} = NULL" : "";
            var error = table.Takes(table.Names.Error, ColumnKind.Text) ? $", {SqlText.Quote(table.Names.Error)} = NULL" : "";
            var updated = table.Has(table.Names.UpdatedAt) ? $", {SqlText.Quote(table.Names.UpdatedAt)} = @updated" : "";
            return $"UPDATE {table.FullName} SET {sql.State} = '{to}'{task}{error}{updated} WHERE {sql.State} = 'failed' {condition}";
        }

        DynamicParameters Parameters()
        {
            var parameters = new DynamicParameters(new { table.Key, cause });
            if (table.Columns.TryGetValue(table.Names.UpdatedAt, out var updated))
                parameters.Add("updated", backlog.Database.TimeOf(now, updated.Kind));
            return parameters;
        }
    }
}
