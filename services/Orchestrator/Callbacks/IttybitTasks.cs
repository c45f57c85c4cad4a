namespace Podcast.Orchestrator.Callbacks;

/// <summary>
/// Whose task an Ittybit task is or, before that is known, the reports about it. Both are in one row, so that its lock orders a
/// report and the <see cref="TaskStarted"/> it waits for.
/// </summary>
internal sealed class IttybitTaskEntry
{
    public required string IttybitTaskId { get; init; }
    public Guid? EpisodeId { get; set; }
    public TaskKind? Task { get; set; }
    public int Attempt { get; set; }

    /// <summary>Reports that arrived before the task was known, in order.</summary>
    public List<TaskReported> Parked { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class IttybitTasks(OrchestratorDbContext database, TimeProvider clock)
{
    /// <summary>Rows that one statement should delete: few, so that webhooks do not wait long for their locks.</summary>
    public const int BatchSize = 500;

    /// <summary>
    /// Records whose tasks they are, unless that is known. Locks their rows until the end of the transaction, so that a report is
    /// either among the returned ones, which waited for this, or finds the episode.
    /// </summary>
    /// <returns>The parked reports, by Ittybit's task ids.</returns>
    public async Task<Dictionary<string, List<TaskReported>>> Assign(
        IEnumerable<(Guid EpisodeId, StartedTask Task)> started, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = started.DistinctBy(one => one.Task.IttybitTaskId).OrderBy(one => one.Task.IttybitTaskId, StringComparer.Ordinal)
            .Select(one => new IttybitTaskEntry
            {
                IttybitTaskId = one.Task.IttybitTaskId,
                EpisodeId = one.EpisodeId,
                Task = one.Task.Task,
                Attempt = one.Task.Attempt,
                CreatedAt = now,
            });
        var sql = $"""
            {database.InsertRows<IttybitTaskEntry>()} ON CONFLICT (ittybit_task_id) DO UPDATE SET
                attempt = CASE WHEN old.episode_id IS NULL THEN excluded.attempt ELSE old.attempt END,
                task = COALESCE(old.task, excluded.task),
                episode_id = COALESCE(old.episode_id, excluded.episode_id)
            RETURNING *
            """;
        var entries = await database.IttybitTasks.FromSqlRaw(sql, database.RowsAsJson(rows)).ToListAsync(cancellationToken);
        var parked = new Dictionary<string, List<TaskReported>>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry.Parked.Count > 0))
            (parked[entry.IttybitTaskId], entry.Parked) = (entry.Parked, []);
        return parked;
    }

    /// <summary>Gets or inserts the task's row and locks it, so that concurrent transactions change it in turn.</summary>
    public async Task<IttybitTaskEntry> Lock(string ittybitTaskId, CancellationToken cancellationToken)
    {
        // The update changes no value: it locks the row and returns its newest version. SELECT and then INSERT would not.
        var sql = $$"""
            INSERT INTO {{database.TableOf<IttybitTaskEntry>()}} AS known (ittybit_task_id, attempt, parked, created_at)
            VALUES ({0}, 0, '[]', {1})
            ON CONFLICT (ittybit_task_id) DO UPDATE SET attempt = known.attempt
            RETURNING *
            """;
        var now = database.Stored(clock.GetUtcNow());
        return (await database.IttybitTasks.FromSqlRaw(sql, ittybitTaskId, now).ToListAsync(cancellationToken)).Single();
    }

    /// <summary>Deletes the oldest rows; returns for each whether its episode was known.</summary>
    public Task<List<bool>> Forget(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var name = database.TableOf<IttybitTaskEntry>();
        var sql = $$"""
            DELETE FROM {{name}} WHERE ittybit_task_id IN
                (SELECT ittybit_task_id FROM {{name}} WHERE created_at < {0} ORDER BY created_at LIMIT {1} {{database.SkipLocked()}})
            RETURNING episode_id IS NOT NULL
            """;
        return database.Database.SqlQueryRaw<bool>(sql, database.Stored(before), limit).ToListAsync(cancellationToken);
    }
}
