namespace Podcast.Batch.Data;

/// <summary>Builds SQL with the names of one table, using only the columns that it has.</summary>
internal sealed class ItemSql(IDatabase database, TableShape table)
{
    public string Items => $"{table.Schema}podcast_batch_items";

    public string Id => SqlText.Quote(table.Names.Id);

    public string IdAsText => $"CAST({Id} AS text)";

    public string Url => SqlText.Quote(table.Names.Url);

    public string State => SqlText.Quote(table.Names.Status);

    public string TaskId => SqlText.Quote(table.Names.TaskId);

    public string Is(string parameter) => $"{Id} = {database.IdOf(table, parameter)}";

    /// <summary>
    /// An UPDATE of one row, provided that its status is still <paramref name="from"/>; <paramref name="and"/> adds to the
    /// condition.
    /// </summary>
    public (string Sql, DynamicParameters Parameters) Move(
        string id, string from, string to, DateTimeOffset now, IReadOnlyDictionary<string, object?> set, string and = "")
    {
        var names = table.Names;
        var parameters = new DynamicParameters(new { id, from, to });
        var assignments = new List<string> { $"{State} = @to" };
        var number = 0;

        foreach (var (column, value) in set)
            Assign(column, value);
        if (IsTime(names.UpdatedAt))
            Assign(names.UpdatedAt, now);
        return ($"UPDATE {table.FullName} SET {string.Join(", ", assignments)} WHERE {Is("@id")} AND {State} = @from {and}", parameters);

        void Assign(string column, object? value)
        {
            var parameter = $"v{number++}";
            assignments.Add($"{SqlText.Quote(column)} = @{parameter}");
            parameters.Add(parameter, value is DateTimeOffset time ? database.TimeOf(time, table.Columns[column].Kind) : value);
        }
    }

    /// <summary>The new values of the additional columns, as far as the table has them.</summary>
    public Dictionary<string, object?> Notes(int? attempts = null, DateTimeOffset? dispatchedAt = null, string? error = null)
    {
        var notes = new Dictionary<string, object?>();
        if (attempts is { } count && table.Takes(table.Names.Attempts, ColumnKind.Number))
            notes[table.Names.Attempts] = count;
        if (dispatchedAt is { } time && IsTime(table.Names.DispatchedAt))
            notes[table.Names.DispatchedAt] = time;
        if (table.Takes(table.Names.Error, ColumnKind.Text))
            notes[table.Names.Error] = error;
        return notes;
    }

    /// <summary>The new values of the additional and the tutorial's columns when an item ends.</summary>
    public Dictionary<string, object?> Notes(Outcome ending, DateTimeOffset now)
    {
        var notes = Notes(error: ending.Error);
        if (ending.IsCompleted)
        {
            notes[table.Names.OutputUrl] = ending.Output?.OriginalString;
            notes[table.Names.ProcessedAt] = now;
        }

        return notes;
    }

    private bool IsTime(string column) =>
        table.Columns.TryGetValue(column, out var type)
        && type is { Kind: ColumnKind.TimeAsText or ColumnKind.TimeWithoutZone or ColumnKind.TimeWithZone };
}
