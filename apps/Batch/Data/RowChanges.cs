namespace Podcast.Batch.Data;

/// <summary>Changes rows of the user's table, using only the columns that it has, and ends their items.</summary>
internal sealed class RowChanges(Backlog backlog)
{
    private readonly TableShape table = backlog.Table;
    private readonly TableSettings names = backlog.Table.Names;

    /// <summary>Changes one row, provided that its status is still <paramref name="from"/>. False if it is not.</summary>
    /// <param name="set">The new values of other columns.</param>
    /// <param name="ifTask">The task id that the row must have; null: any.</param>
    public async Task<bool> Move(
        DbConnection connection, string id, string from, string to, Dictionary<string, object?> set, string? ifTask = null)
    {
        var parameters = new DynamicParameters(new { id, from, to, ifTask });
        var assignments = new List<string> { $"{table.State} = @to" };
        if (table.Takes(names.UpdatedAt, ColumnKind.Time))
            set[names.UpdatedAt] = backlog.Clock.GetUtcNow();
        foreach (var (column, value) in set)
        {
            parameters.Add($"v{assignments.Count}", value is DateTimeOffset time ? backlog.TimeOf(time, column) : value);
            assignments.Add($"{TableShape.Quote(column)} = @v{assignments.Count}");
        }

        var sameTask = ifTask is null ? "" : $"AND {table.TaskId} = @ifTask";
        return await connection.ExecuteAsync(
            $"""
            UPDATE {table.FullName} SET {string.Join(", ", assignments)}
            WHERE {table.Id} = {backlog.IdOf("@id")} AND {table.State} = @from {sameTask}
            """,
            parameters) == 1;
    }

    /// <summary>Ends an item, provided that <paramref name="condition"/> is true of it. False if it is not.</summary>
    public async Task<bool> EndItem(DbConnection connection, string id, string condition, Outcome ending, DateTimeOffset now) =>
        await connection.ExecuteAsync(
            $"""
            UPDATE {table.Items} SET state = 'settled', settled_at = @now, cause = @Cause, error = @Error
            WHERE table_name = @Key AND item_id = @id AND ({condition})
            """,
            new { table.Key, id, now, ending.Cause, ending.Error }) == 1;

    /// <summary>Changes one row to what became of its item.</summary>
    /// <inheritdoc cref="Move"/>
    public Task<bool> End(DbConnection connection, string id, string from, Outcome ending, DateTimeOffset now, string? ifTask = null)
    {
        var set = Notes(error: ending.Error);
        if (ending.IsCompleted)
            (set[names.OutputUrl], set[names.ProcessedAt]) = (ending.Output?.OriginalString, now);
        return Move(connection, id, from, ending.IsCompleted ? Status.Completed : Status.Failed, set, ifTask);
    }

    /// <summary>The new values of the additional columns, as far as the table has them.</summary>
    public Dictionary<string, object?> Notes(int? attempts = null, DateTimeOffset? dispatchedAt = null, string? error = null)
    {
        var notes = new Dictionary<string, object?>();
        if (attempts is not null && table.Takes(names.Attempts, ColumnKind.Number))
            notes[names.Attempts] = attempts;
        if (dispatchedAt is not null && table.Takes(names.DispatchedAt, ColumnKind.Time))
            notes[names.DispatchedAt] = dispatchedAt;
        if (table.Takes(names.Error, ColumnKind.Text))
            notes[names.Error] = table.ErrorNote(error);
        return notes;
    }
}
