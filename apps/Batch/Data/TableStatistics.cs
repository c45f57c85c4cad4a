using System.Text.Json.Serialization;

namespace Podcast.Batch.Data;

/// <summary>Counts of a table's rows, failures by cause, and who works on it, as <c>status --json</c> shows them.</summary>
/// <param name="TaskSeconds">The average duration of the last 100 completed tasks; null if none has completed.</param>
[method: ExplicitConstructor]
internal sealed record TableStatistics(
    long Pending, long Dispatched, long Completed, long Failed, long Other,
    DateTimeOffset? OldestPending, DateTimeOffset? OldestDispatched, long CompletedLastHour, long Unanswered,
    IReadOnlyList<CauseCount> Causes, LeaseRow? Running, [property: JsonIgnore] double? TaskSeconds)
{
    public static Task<TableStatistics> Take(Backlog backlog, CancellationToken cancellationToken)
    {
        var table = backlog.Table;
        var now = backlog.Clock.GetUtcNow();
        var parameters = new { table.Key, hourAgo = now.AddHours(-1) };
        var created = table.Has(table.Names.CreatedAt) ? TableShape.Quote(table.Names.CreatedAt) : "NULL";

        return backlog.Database.Use(
            async connection =>
            {
                var counts = await connection.QuerySingleAsync<TableStatistics>(
                    $"""
                    SELECT m.*, i.*, (
                        SELECT CAST(avg(settled_at - sent_at) AS double precision) / 1000 FROM (
                            SELECT settled_at, sent_at FROM {table.Items}
                            WHERE table_name = @Key AND state = 'settled' AND cause IS NULL AND sent_at IS NOT NULL
                            ORDER BY settled_at DESC LIMIT 100) AS latest) AS task_seconds
                    FROM (
                        SELECT count(*) FILTER (WHERE {table.State} = 'pending') AS pending,
                               count(*) FILTER (WHERE {table.State} = 'dispatched') AS dispatched,
                               count(*) FILTER (WHERE {table.State} = 'completed') AS completed,
                               count(*) FILTER (WHERE {table.State} = 'failed') AS failed, count(*) AS other
                        FROM {table.FullName}) m, (
                        SELECT min(sent_at) FILTER (WHERE state = 'sent') AS oldest_dispatched,
                               count(*) FILTER (WHERE state = 'settled' AND cause IS NULL AND settled_at > @hourAgo) AS completed_last_hour,
                               count(*) FILTER (WHERE state = 'claimed') AS unanswered
                        FROM {table.Items} WHERE table_name = @Key) i
                    """,
                    parameters);
                var causes = await connection.QueryAsync<CauseCount>(
                    $"""
                    SELECT coalesce(i.cause, 'unknown') AS cause, count(*) AS count, min(i.error) AS example
                    FROM {table.FullName} m {table.JoinItems}
                    WHERE m.{table.State} = 'failed' GROUP BY coalesce(i.cause, 'unknown') ORDER BY count(*) DESC, 1
                    """,
                    parameters);
                var oldest = await connection.ExecuteScalarAsync<object?>(
                    $"SELECT {created} FROM {table.FullName} WHERE {table.State} = 'pending' ORDER BY {table.Id} LIMIT 1");
                var lease = await LeaseRow.Read(connection, table);

                return counts with
                {
                    Other = counts.Other - counts.Pending - counts.Dispatched - counts.Completed - counts.Failed,
                    OldestPending = Times.Read(oldest),
                    Causes = causes.AsList(),
                    Running = lease?.IsAlive(now) == true ? lease : null,
                };
            },
            cancellationToken);
    }
}

/// <summary>The number of failed rows with one cause.</summary>
/// <param name="Example">The error message of one of these rows.</param>
[method: ExplicitConstructor]
internal sealed record CauseCount(string Cause, long Count, string? Example);
