namespace Podcast.Orchestrator.Timers;

/// <summary>The newest known state of a provider's lane, shared by all instances.</summary>
internal sealed class LaneStatus
{
    public required string Name { get; init; }

    public LaneState State { get; init; }

    /// <summary>By the clock of the lane's database. Orders the messages, which may arrive in any order.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset HeardAt { get; init; }
}

internal sealed class LaneChangedConsumer(LaneWakeUps openings) : IConsumer<LaneChanged>
{
    public Task Consume(ConsumeContext<LaneChanged> context) => openings.Heard(context.Message, context.CancellationToken);
}

/// <summary>
/// Finds episodes that wait for a lane which has just opened. The state is in the database, since one instance may consume the
/// opening and another one the next pause. Each opening wakes an episode once: a lane that opens and closes in turn must not
/// multiply commands.
/// </summary>
internal sealed class LaneWakeUps(OrchestratorDbContext database, TimeProvider clock)
{
    // A TaskDeferred sent before the lane opened may be handled after the opening.
    private static readonly TimeSpan justNow = TimeSpan.FromMinutes(1);

    /// <summary>Stores the change unless a later one is stored.</summary>
    public Task Heard(LaneChanged change, CancellationToken cancellationToken)
    {
        var sql = $$"""
            INSERT INTO {{database.TableOf<LaneStatus>()}} AS known (name, state, changed_at, heard_at) VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT (name) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at, heard_at = excluded.heard_at
            WHERE known.changed_at <= excluded.changed_at
            """;
        object[] values = [change.Lane, $"{change.State}", database.Stored(change.At.ToUniversalTime()), database.Stored(clock.GetUtcNow())];
        return database.Database.ExecuteSqlRawAsync(sql, values, cancellationToken);
    }

    /// <summary>
    /// Takes up to <paramref name="limit"/> episodes that wait for a lane which has just opened, normal priority before backlog.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> Wake(int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
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
        return await database.Database
            .SqlQueryRaw<Guid>(sql, database.Stored(now), database.Stored(opening.ChangedAt), limit)
            .ToListAsync(cancellationToken);
    }
}
