namespace Podcast.Orchestrator.Timers;

/// <summary>Claims episodes for the sweep. Each claim is one statement, so that no other sweep takes them too.</summary>
internal sealed class DueEpisodes(OrchestratorDbContext database)
{
    private const int MostDoublings = 4;

    // A TaskDeferred sent before the lane opened may be handled after the opening.
    private static readonly TimeSpan justNow = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Moves <c>due_at</c> on by the lease, so that an episode is due again if the claimer dies. Each lease is twice as long as
    /// before, so that a queue without a running consumer does not fill with duplicates. The saga sets the real next time.
    /// </summary>
    public Task<List<Guid>> Claim(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        var name = database.TableOf<EpisodeState>();
        var least = database.Database.IsNpgsql() ? "LEAST" : "MIN";
        var sql = $$"""
            UPDATE {{name}} SET due_at = {0} + {1} * (1 << {{least}}(due_claims, {{MostDoublings}})), due_claims = due_claims + 1
            WHERE episode_id IN (SELECT episode_id FROM {{name}} WHERE due_at <= {0} ORDER BY due_at LIMIT {2} {{database.SkipLocked()}})
            RETURNING episode_id
            """;
        return database.Database.SqlQueryRaw<Guid>(sql, database.Stored(now), database.Stored(lease), limit).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Claims episodes that wait for a lane which has just opened, normal priority before backlog. Each opening wakes an episode
    /// once: a lane that opens and closes in turn must not multiply commands.
    /// </summary>
    public async Task<List<Guid>> Wake(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var recently = now - justNow;
        var opening = await database.Lanes.AsNoTracking()
            .Where(lane => lane.State == LaneState.Open && lane.HeardAt > recently)
            .OrderByDescending(lane => lane.ChangedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (opening is null)
            return [];

        var name = database.TableOf<EpisodeState>();
        var sql = $$"""
            UPDATE {{name}} SET woken_for = {1}
            WHERE episode_id IN (
                SELECT episode_id FROM {{name}} WHERE lane_until > {0} AND (woken_for IS NULL OR woken_for <> {1})
                ORDER BY priority DESC, lane_until LIMIT {2} {{database.SkipLocked()}})
            RETURNING episode_id
            """;
        object[] values = [database.Stored(now), database.Stored(opening.ChangedAt), limit];
        return await database.Database.SqlQueryRaw<Guid>(sql, values).ToListAsync(cancellationToken);
    }
}
