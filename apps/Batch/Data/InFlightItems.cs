namespace Podcast.Batch.Data;

/// <summary>The items of one run whose tasks are at work, and the changes that end them.</summary>
internal sealed class InFlightItems(Backlog backlog, Runner runner)
{
    private const string Columns =
        "item_id AS \"Id\", task_id AS \"TaskId\", ref AS \"Ref\", attempt AS \"Attempt\", via AS \"Via\", sent_at AS \"SentAt\", misses AS \"Misses\"";

    private const string Mine = "table_name = @Key AND run_id = @RunId AND state = 'sent'";

    private readonly IDatabase database = backlog.Database;
    private readonly TableShape table = backlog.Table;
    private readonly ItemSql sql = backlog.Sql;

    /// <summary>
    /// Assigns every dispatched row to this run, including rows that the tutorial's own command dispatched. Returns their number.
    /// </summary>
    public Task<long> Adopt(string via, CancellationToken cancellationToken) => database.Change(
        async connection =>
        {
            var now = backlog.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            await connection.ExecuteAsync(
                $"""
                INSERT INTO {sql.Items} (table_name, item_id, attempt, state, via, task_id, run_id, claimed_at, sent_at)
                SELECT @Key, CAST(m.{sql.Id} AS text), 1, 'sent', 'task', m.{sql.TaskId}, NULL, @now, @now
                FROM {table.FullName} m
                WHERE m.{sql.State} = 'dispatched' AND m.{sql.TaskId} IS NOT NULL
                ON CONFLICT DO NOTHING
                """,
                new { table.Key, now });
            await connection.ExecuteAsync(
                $"""
                UPDATE {sql.Items} SET run_id = @RunId, checked_at = NULL
                WHERE table_name = @Key AND state = 'sent' AND via = @via AND EXISTS (
                    SELECT 1 FROM {table.FullName} m
                    WHERE m.{sql.Id} = {database.IdOf(table, "item_id")} AND m.{sql.State} = 'dispatched')
                """,
                new { table.Key, runner.RunId, via });
            return await connection.ExecuteScalarAsync<long>(
                $"SELECT count(*) FROM {sql.Items} WHERE {Mine} AND via = @via", new { table.Key, runner.RunId, via });
        },
        cancellationToken);

    public Task<long> Count(CancellationToken cancellationToken) => database.Use(
        connection => connection.ExecuteScalarAsync<long>(
            $"SELECT count(*) FROM {sql.Items} WHERE {Mine}", new { table.Key, runner.RunId }),
        cancellationToken);

    /// <summary>The number of items whose episodes are held.</summary>
    public Task<long> CountHeld(CancellationToken cancellationToken) => database.Use(
        connection => connection.ExecuteScalarAsync<long>(
            $"SELECT count(*) FROM {sql.Items} WHERE {Mine} AND cause = '{FailureCauses.Held}'", new { table.Key, runner.RunId }),
        cancellationToken);

    /// <summary>The time at which the oldest item was sent.</summary>
    public async Task<DateTimeOffset?> Oldest(CancellationToken cancellationToken) => Times.OfMilliseconds(await database.Use(
        connection => connection.ExecuteScalarAsync<long?>(
            $"SELECT min(sent_at) FROM {sql.Items} WHERE {Mine}", new { table.Key, runner.RunId }),
        cancellationToken));

    /// <summary>The items with one of these task ids.</summary>
    public Task<IReadOnlyList<Dispatched>> With(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken) =>
        Query(
            $"{Mine} AND {database.IsOneOf("task_id", "@taskIds")}",
            new { table.Key, runner.RunId, taskIds = taskIds.ToArray() },
            cancellationToken);

    /// <summary>The items with one of these refs whose task id Ittybit did not know when polled.</summary>
    public Task<IReadOnlyList<Dispatched>> Missing(IReadOnlyCollection<string> refs, CancellationToken cancellationToken) => Query(
        $"{Mine} AND misses > 0 AND {database.IsOneOf("ref", "@refs")}", new { table.Key, runner.RunId, refs = refs.ToArray() }, cancellationToken);

    /// <summary>The number of items whose task id Ittybit did not know when polled.</summary>
    public Task<long> CountMissing(CancellationToken cancellationToken) => database.Use(
        connection => connection.ExecuteScalarAsync<long>(
            $"SELECT count(*) FROM {sql.Items} WHERE {Mine} AND misses > 0", new { table.Key, runner.RunId }),
        cancellationToken);

    /// <summary>
    /// Replaces the item's task id by the one that Ittybit's list shows for its ref. The count of misses stays, because the new
    /// id is not confirmed yet.
    /// </summary>
    public Task<Dispatched> Rename(Dispatched item, string taskId, CancellationToken cancellationToken) => database.Change(
        async connection =>
        {
            await connection.ExecuteAsync(
                $"UPDATE {sql.Items} SET task_id = @taskId WHERE table_name = @Key AND item_id = @Id", new { table.Key, item.Id, taskId });
            var (update, parameters) = sql.Move(
                item.Id, Status.Dispatched, Status.Dispatched, backlog.Clock.GetUtcNow(),
                new Dictionary<string, object?> { [table.Names.TaskId] = taskId });
            await connection.ExecuteAsync(update, parameters);
            return item with { TaskId = taskId };
        },
        cancellationToken);

    /// <summary>
    /// Up to 100 items that this round has not polled yet, least recently polled first, so that an unreadable task delays no
    /// other.
    /// </summary>
    public Task<IReadOnlyList<Dispatched>> NotSeenSince(DateTimeOffset round, CancellationToken cancellationToken) => Query(
        $"{Mine} AND (checked_at IS NULL OR checked_at < @round) ORDER BY coalesce(checked_at, 0), item_id LIMIT 100",
        new { table.Key, runner.RunId, round = round.ToUnixTimeMilliseconds() },
        cancellationToken);

    /// <summary>Up to 100 items that were sent before <paramref name="time"/>.</summary>
    /// <param name="asked">True: only items that this run has polled, because a task of an earlier run may have ended long
    /// ago.</param>
    public Task<IReadOnlyList<Dispatched>> SentBefore(DateTimeOffset time, bool asked, CancellationToken cancellationToken) => Query(
        $"{Mine} AND sent_at < @time {(asked ? "AND checked_at IS NOT NULL" : "")} ORDER BY item_id LIMIT 100",
        new { table.Key, runner.RunId, time = time.ToUnixTimeMilliseconds() },
        cancellationToken);

    /// <summary>Records that Ittybit reported these tasks as still at work.</summary>
    public Task<int> Seen(IReadOnlyCollection<string> ids, DateTimeOffset round, CancellationToken cancellationToken) => ids.Count == 0
        ? Task.FromResult(0)
        : database.Use(
            connection => connection.ExecuteAsync(
                $"UPDATE {sql.Items} SET checked_at = @round, misses = 0 WHERE table_name = @Key AND {database.IsOneOf("item_id", "@ids")}",
                new { table.Key, ids = ids.ToArray(), round = round.ToUnixTimeMilliseconds() }),
            cancellationToken);

    /// <summary>Records that the task was polled without a usable answer.</summary>
    public Task<int> Asked(Dispatched item, DateTimeOffset round, CancellationToken cancellationToken) => database.Use(
        connection => connection.ExecuteAsync(
            $"UPDATE {sql.Items} SET checked_at = @round WHERE table_name = @Key AND item_id = @Id",
            new { table.Key, item.Id, round = round.ToUnixTimeMilliseconds() }),
        cancellationToken);

    /// <summary>Counts an answer that makes no sense; the task is polled again in the next round.</summary>
    public Task<int> Missed(Dispatched item, DateTimeOffset round, CancellationToken cancellationToken) => database.Use(
        connection => connection.ExecuteAsync(
            $"UPDATE {sql.Items} SET checked_at = @round, misses = misses + 1 WHERE table_name = @Key AND item_id = @Id",
            new { table.Key, item.Id, round = round.ToUnixTimeMilliseconds() }),
        cancellationToken);

    /// <summary>Applies an outcome to the item and its row.</summary>
    public Task<Settled> Settle(Dispatched item, Outcome ending, CancellationToken cancellationToken) => database.Change(
        async connection =>
        {
            var now = backlog.Clock.GetUtcNow();
            var isFirst = await connection.ExecuteAsync(
                $"""
                UPDATE {sql.Items} SET state = 'settled', settled_at = @now, cause = @Cause, error = @Error
                WHERE table_name = @Key AND item_id = @Id AND state = 'sent'
                """,
                new { table.Key, item.Id, now = now.ToUnixTimeMilliseconds(), ending.Cause, ending.Error });

            if (isFirst == 0)
                return Settled.Before;

            var sameTask = item.Via == Via.Task ? $"AND {sql.TaskId} = @taskId" : "";
            var (update, parameters) = sql.Move(
                item.Id, Status.Dispatched, ending.IsCompleted ? Status.Completed : Status.Failed, now, sql.Notes(ending, now), sameTask);
            parameters.Add("taskId", item.TaskId);
            return await connection.ExecuteAsync(update, parameters) == 1 ? Settled.Now : Settled.ByOthers;
        },
        cancellationToken);

    private Task<IReadOnlyList<Dispatched>> Query(string condition, object parameters, CancellationToken cancellationToken) =>
        database.Use<IReadOnlyList<Dispatched>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM {sql.Items} WHERE {condition}", parameters);
                return [.. rows.Select(row => new Dispatched(
                    row.Id, row.TaskId, row.Ref, (int)row.Attempt, row.Via, DateTimeOffset.FromUnixTimeMilliseconds(row.SentAt), (int)row.Misses))];
            },
            cancellationToken);

    /// <summary>The result of <see cref="Settle"/>.</summary>
    internal enum Settled
    {
        Now,

        /// <summary>The item had already ended.</summary>
        Before,

        /// <summary>Somebody else had changed the row; it was left unchanged.</summary>
        ByOthers,
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string TaskId { get; init; } = "";

        public string? Ref { get; init; }

        public long Attempt { get; init; }

        public string Via { get; init; } = "";

        public long SentAt { get; init; }

        public long Misses { get; init; }
    }
}
