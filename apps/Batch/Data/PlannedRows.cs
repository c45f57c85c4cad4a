namespace Podcast.Batch.Data;

/// <summary>Reads rows with their current attempt, for making and checking plans.</summary>
internal sealed class PlannedRows(Backlog backlog)
{
    // An attempt without an outcome (claimed or released) is continued; otherwise the next attempt begins.
    private const string NextAttempt = "CASE WHEN i.state IN ('claimed', 'free') THEN i.attempt ELSE coalesce(i.attempt, 0) + 1 END";

    private readonly ItemSql sql = backlog.Sql;
    private readonly TableShape table = backlog.Table;

    private string From => $"FROM {table.FullName} m LEFT JOIN {sql.Items} i ON i.table_name = @Key AND i.item_id = CAST(m.{sql.Id} AS text)";

    private string Columns => $"CAST(m.{sql.Id} AS text) AS \"Id\", m.{sql.Url} AS \"Url\", m.{sql.State} AS \"Status\", {NextAttempt} AS \"Next\", i.attempt AS \"Last\"";

    /// <summary>The pending rows after <paramref name="after"/>, by id.</summary>
    public Task<IReadOnlyList<PlannedRow>> Pending(string? after, int count, CancellationToken cancellationToken)
    {
        var bound = after is null ? "" : $"AND m.{sql.Id} > {backlog.Database.IdOf(table, "@after")}";
        return Query($"SELECT {Columns} {From} WHERE m.{sql.State} = 'pending' {bound} ORDER BY m.{sql.Id} LIMIT @count", new { table.Key, after, count }, cancellationToken);
    }

    /// <summary>The rows with these ids, as far as they exist.</summary>
    public async Task<IReadOnlyDictionary<string, PlannedRow>> Find(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters(new { table.Key });
        var list = ids.Select((id, number) =>
        {
            parameters.Add($"id{number}", id);
            return backlog.Database.IdOf(table, $"@id{number}");
        });
        var rows = await Query($"SELECT {Columns} {From} WHERE m.{sql.Id} IN ({string.Join(", ", list)})", parameters, cancellationToken);
        return rows.ToDictionary(row => row.Id);
    }

    /// <summary>The average duration of the last 100 completed tasks, in seconds; null if none has completed.</summary>
    public Task<double?> TaskSeconds(CancellationToken cancellationToken) => backlog.Database.Use(
        connection => connection.ExecuteScalarAsync<double?>(
            $"""
            SELECT avg(settled_at - sent_at) / 1000.0 FROM (
                SELECT settled_at, sent_at FROM {sql.Items}
                WHERE table_name = @Key AND state = 'settled' AND cause IS NULL AND sent_at IS NOT NULL ORDER BY settled_at DESC LIMIT 100) AS last
            """,
            new { table.Key }),
        cancellationToken);

    private Task<IReadOnlyList<PlannedRow>> Query(string query, object parameters, CancellationToken cancellationToken) =>
        backlog.Database.Use<IReadOnlyList<PlannedRow>>(
            async connection => (await connection.QueryAsync<PlannedRow>(query, parameters)).AsList(), cancellationToken);
}

/// <summary>A row of the table with its attempts.</summary>
internal sealed record PlannedRow
{
    public string Id { get; init; } = "";

    public string? Url { get; init; }

    public string Status { get; init; } = "";

    /// <summary>The attempt with which the row would be sent.</summary>
    public long Next { get; init; }

    /// <summary>The number of the last attempt that was begun; null before the first.</summary>
    public long? Last { get; init; }
}
