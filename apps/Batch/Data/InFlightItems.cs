namespace Podcast.Batch.Data;

/// <summary>The items of one run whose tasks are at work, and the changes that end them.</summary>
internal sealed class InFlightItems(Backlog backlog, Runner runner)
{
    private readonly Database database = backlog.Database;
    private readonly TableShape table = backlog.Table;
    private readonly RowChanges rows = new(backlog);

    private string Mine => $"{table.Items} WHERE table_name = @Key AND run_id = @RunId AND state = 'sent'";

    /// <summary>Assigns every dispatched row to this run, also those that another program sent, and counts them.</summary>
    public Task<long> Adopt(string via, CancellationToken cancellationToken) => database.Change(
        async connection =>
        {
            var parameters = new { table.Key, runner.RunId, via, now = backlog.Clock.GetUtcNow() };
            // We change item and row together, so a dispatched row whose item is not sent was sent again by another program. A task
            // that two rows name goes to one of them, because an item is found by its task.
            await connection.ExecuteAsync(
                $"""
                INSERT INTO {table.Items} AS i (table_name, item_id, attempt, state, via, task_id, run_id, claimed_at, sent_at)
                SELECT @Key, m.id, 1, 'sent', 'task', m.task_id, NULL, @now, @now
                FROM (
                    SELECT CAST({table.Id} AS text) AS id, CAST({table.TaskId} AS text) AS task_id,
                        row_number() OVER (PARTITION BY {table.TaskId} ORDER BY {table.Id}) AS place
                    FROM {table.FullName} WHERE {table.State} = 'dispatched' AND {table.TaskId} IS NOT NULL) m
                WHERE m.place = 1 AND NOT EXISTS (
                    SELECT 1 FROM {table.Items} o WHERE o.table_name = @Key AND o.task_id = m.task_id AND o.item_id <> m.id)
                ON CONFLICT (table_name, item_id) DO UPDATE SET
                    attempt = CASE WHEN i.task_id = excluded.task_id THEN i.attempt ELSE i.attempt + 1 END,
                    ref = CASE WHEN i.task_id = excluded.task_id THEN i.ref END,
                    state = 'sent', via = 'task', task_id = excluded.task_id, sent_at = excluded.sent_at, settled_at = NULL,
                    cause = NULL, error = NULL, misses = 0
                WHERE i.state <> 'sent'
                """,
                parameters);
            await connection.ExecuteAsync(
                $"""
                UPDATE {table.Items} SET run_id = @RunId, checked_at = NULL
                WHERE table_name = @Key AND state = 'sent' AND via = @via AND EXISTS (
                    SELECT 1 FROM {table.FullName} m WHERE m.{table.Id} = {backlog.IdOf("item_id")} AND m.{table.State} = 'dispatched')
                """,
                parameters);
            return await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {Mine} AND via = @via", parameters);
        },
        cancellationToken);

    public Task<long> Count(CancellationToken cancellationToken) => Value<long>("count(*)", "", cancellationToken);

    public Task<long> CountHeld(CancellationToken cancellationToken) =>
        Value<long>("count(*)", $"AND cause = '{FailureCauses.Held}'", cancellationToken);

    /// <summary>The number of items whose task id Ittybit did not know when polled.</summary>
    public Task<long> CountMissing(CancellationToken cancellationToken) => Value<long>("count(*)", "AND misses > 0", cancellationToken);

    /// <summary>The time at which the oldest item was sent.</summary>
    public Task<DateTimeOffset?> Oldest(CancellationToken cancellationToken) =>
        Value<DateTimeOffset?>("min(sent_at)", "", cancellationToken);

    public Task<IReadOnlyList<Dispatched>> With(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken) => Query(
        $"AND {database.IsOneOf("task_id", "@taskIds")}",
        new { table.Key, runner.RunId, taskIds = taskIds.ToArray() },
        cancellationToken);

    /// <summary>The items with one of these refs whose task id Ittybit did not know when polled.</summary>
    public Task<IReadOnlyList<Dispatched>> Missing(IReadOnlyCollection<string> refs, CancellationToken cancellationToken) => Query(
        $"AND misses > 0 AND {database.IsOneOf("ref", "@refs")}",
        new { table.Key, runner.RunId, refs = refs.ToArray() },
        cancellationToken);

    /// <summary>Up to 100 items that this round has not polled. An unreadable task, polled last time, delays no other.</summary>
    public Task<IReadOnlyList<Dispatched>> NotSeenSince(DateTimeOffset round, CancellationToken cancellationToken) => Query(
        "AND (checked_at IS NULL OR checked_at < @round) ORDER BY coalesce(checked_at, 0), item_id LIMIT 100",
        new { table.Key, runner.RunId, round },
        cancellationToken);

    /// <summary>Up to 100 items that were sent before <paramref name="time"/>.</summary>
    /// <param name="asked">Only those that this run has polled: a task of an earlier run may have ended long ago.</param>
    public Task<IReadOnlyList<Dispatched>> SentBefore(DateTimeOffset time, bool asked, CancellationToken cancellationToken) => Query(
        $"AND sent_at < @time {(asked ? "AND checked_at IS NOT NULL" : "")} ORDER BY item_id LIMIT 100",
        new { table.Key, runner.RunId, time },
        cancellationToken);

    /// <summary>Replaces the task id by the one that Ittybit's list shows for the ref. Misses stay until it is polled.</summary>
    public Task<Dispatched> Rename(Dispatched item, string taskId, CancellationToken cancellationToken) => database.Change(
        async connection =>
        {
            await connection.ExecuteAsync(
                $"UPDATE {table.Items} SET task_id = @taskId WHERE table_name = @Key AND item_id = @Id",
                new { table.Key, item.Id, taskId });
            await rows.Move(connection, item.Id, Status.Dispatched, Status.Dispatched, new() { [table.Names.TaskId] = taskId });
            return item with { TaskId = taskId };
        },
        cancellationToken);

    /// <summary>Records that Ittybit reported these tasks as still at work.</summary>
    public Task<int> Seen(IReadOnlyCollection<string> ids, DateTimeOffset round, CancellationToken cancellationToken) =>
        Checked(ids, ", misses = 0", round, cancellationToken);

    /// <summary>Records that the task was polled without a usable answer.</summary>
    public Task<int> Asked(Dispatched item, DateTimeOffset round, CancellationToken cancellationToken) =>
        Checked([item.Id], "", round, cancellationToken);

    /// <summary>Counts an answer that makes no sense; the task is polled again in the next round.</summary>
    public Task<int> Missed(Dispatched item, DateTimeOffset round, CancellationToken cancellationToken) =>
        Checked([item.Id], ", misses = misses + 1", round, cancellationToken);

    /// <summary>Applies an outcome to the item and its row.</summary>
    public Task<Settled> Settle(Dispatched item, Outcome ending, CancellationToken cancellationToken) => database.Change(
        async connection =>
        {
            var now = backlog.Clock.GetUtcNow();
            if (!await rows.EndItem(connection, item.Id, "state = 'sent'", ending, now))
                return Settled.Before;

            var task = item.Via == Via.Task ? item.TaskId : null;
            return await rows.End(connection, item.Id, Status.Dispatched, ending, now, task) ? Settled.Now : Settled.ByOthers;
        },
        cancellationToken);

    private Task<T?> Value<T>(string what, string and, CancellationToken cancellationToken) =>
        database.Value<T>($"SELECT {what} FROM {Mine} {and}", new { table.Key, runner.RunId }, cancellationToken);

    private Task<IReadOnlyList<Dispatched>> Query(string and, object parameters, CancellationToken cancellationToken) =>
        database.Query<Dispatched>(
            $"SELECT item_id AS id, task_id, ref, attempt, via, sent_at, misses FROM {Mine} {and}", parameters, cancellationToken);

    private Task<int> Checked(IReadOnlyCollection<string> ids, string set, DateTimeOffset round, CancellationToken cancellationToken) =>
        database.Execute(
            $"UPDATE {table.Items} SET checked_at = @round{set} WHERE table_name = @Key AND {database.IsOneOf("item_id", "@ids")}",
            new { table.Key, ids = ids.ToArray(), round },
            cancellationToken);

    internal enum Settled
    {
        Now,
        Before, // the item had already ended
        ByOthers, // somebody else had changed the row; it was left unchanged
    }
}
