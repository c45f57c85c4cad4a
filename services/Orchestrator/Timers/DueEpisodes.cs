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
        var least = database.Database.IsNpgsql() ? "LEAST" : "MIN";
        return Update(
            $"due_at = {{0}} + {{1}} * (1 << {least}(due_claims, {MostDoublings})), due_claims = due_claims + 1",
            "due_at <= {0} ORDER BY due_at LIMIT {2}",
            [database.Stored(now), database.Stored(lease), limit],
            cancellationToken);
    }

    /// <summary>
    /// Claims episodes that wait for a lane which has just opened, normal priority before backlog. Each opening wakes an episode
    /// once: a lane that opens and closes in turn must not multiply commands.
    /// </summary>
    public async Task<List<Guid>> Wake(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var recently = now - justNow;
        var opening = await database.Set<LaneStatus>().AsNoTracking()
            .Where(lane => lane.State == LaneState.Open && lane.HeardAt > recently)
            .OrderByDescending(lane => lane.ChangedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return opening is null ? [] : await Update(
            "woken_for = {1}",
            "lane_until > {0} AND (woken_for IS NULL OR woken_for <> {1}) ORDER BY priority DESC, lane_until LIMIT {2}",
            [database.Stored(now), database.Stored(opening.ChangedAt), limit],
            cancellationToken);
    }

    private Task<List<Guid>> Update(string change, string which, object[] values, CancellationToken cancellationToken)
    {
        var name = database.TableOf<EpisodeState>();
        var sql = $"""
            UPDATE {name} SET {change}
            WHERE episode_id IN (SELECT episode_id FROM {name} WHERE {which} {database.SkipLocked()})
            RETURNING episode_id
            """;
        return database.Database.SqlQueryRaw<Guid>(sql, values).ToListAsync(cancellationToken);
    }
}
