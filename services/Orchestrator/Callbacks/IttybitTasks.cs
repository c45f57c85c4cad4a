namespace Podcast.Orchestrator.Callbacks;

/// <summary>Reads, locks and deletes rows of Ittybit tasks.</summary>
internal sealed class IttybitTasks(OrchestratorDbContext database, TimeProvider clock)
{
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
        var rows = await database.IttybitTasks.FromSqlRaw(sql, ittybitTaskId, database.Stored(clock.GetUtcNow())).ToListAsync(cancellationToken);
        return rows.Single();
    }

    /// <summary>Deletes up to <paramref name="limit"/> rows that were created before <paramref name="before"/>.</summary>
    /// <returns>One value per deleted row: true if its episode was known.</returns>
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
