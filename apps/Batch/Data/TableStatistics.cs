namespace Podcast.Batch.Data;

/// <summary>Counts of a table's rows, its failures by cause, and the run that works on it.</summary>
internal sealed record TableStatistics(
    long Pending,
    long Dispatched,
    long Completed,
    long Failed,
    long Other,
    DateTimeOffset? OldestPending,
    DateTimeOffset? OldestDispatched,
    long CompletedLastHour,
    long Unanswered,
    IReadOnlyList<CauseCount> Causes,
    LeaseRow? Lease)
{
    private static readonly string[] Words = [Status.Pending, Status.Dispatched, Status.Completed, Status.Failed];

    public static Task<TableStatistics> Take(Backlog backlog, CancellationToken cancellationToken)
    {
        var (table, sql) = (backlog.Table, backlog.Sql);
        var hourAgo = backlog.Clock.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        var created = table.Has(table.Names.CreatedAt) ? SqlText.Quote(table.Names.CreatedAt) : "NULL";

        return backlog.Database.Use(
            async connection =>
            {
                var counts = (await connection.QueryAsync<(string? Status, long Count)>(
                    $"SELECT {sql.State}, count(*) FROM {table.FullName} GROUP BY {sql.State}")).AsList();
                var oldest = await connection.ExecuteScalarAsync<object?>(
                    $"SELECT {created} FROM {table.FullName} WHERE {sql.State} = 'pending' ORDER BY {sql.Id} LIMIT 1");
                var sent = await connection.ExecuteScalarAsync<long?>(
                    $"SELECT min(sent_at) FROM {sql.Items} WHERE table_name = @Key AND state = 'sent'", new { table.Key });
                var done = await connection.ExecuteScalarAsync<long>(
                    $"SELECT count(*) FROM {sql.Items} WHERE table_name = @Key AND state = 'settled' AND cause IS NULL AND settled_at > @hourAgo",
                    new { table.Key, hourAgo });
                var open = await connection.ExecuteScalarAsync<long>(
                    $"SELECT count(*) FROM {sql.Items} WHERE table_name = @Key AND state = 'claimed'", new { table.Key });
                var causes = await connection.QueryAsync<CauseCount>(
                    $"""
                    SELECT coalesce(i.cause, 'unknown') AS "Cause", count(*) AS "Count", min(i.error) AS "Example"
                    FROM {table.FullName} m LEFT JOIN {sql.Items} i ON i.table_name = @Key AND i.item_id = CAST(m.{sql.Id} AS text)
                    WHERE m.{sql.State} = 'failed' GROUP BY coalesce(i.cause, 'unknown') ORDER BY count(*) DESC, 1
                    """,
                    new { table.Key });

                return new TableStatistics(
                    Of(Status.Pending), Of(Status.Dispatched), Of(Status.Completed), Of(Status.Failed),
                    counts.Where(row => !Words.Contains(row.Status)).Sum(row => row.Count),
                    Times.Read(oldest), Times.OfMilliseconds(sent), done, open, causes.AsList(), await LeaseRow.Read(connection, table));

                long Of(string status) => counts.Find(row => row.Status == status).Count;
            },
            cancellationToken);
    }
}

/// <summary>The number of failed rows with one cause.</summary>
internal sealed record CauseCount
{
    public string Cause { get; init; } = "";

    public long Count { get; init; }

    /// <summary>The error message of one of these rows.</summary>
    public string? Example { get; init; }
}
