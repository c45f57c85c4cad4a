namespace Podcast.Orchestrator.Timers;

/// <summary>
/// The newest known state of a provider's lane. It is in the database, since one instance may consume the opening and another one
/// the next pause.
/// </summary>
internal sealed class LaneStatus
{
    public required string Name { get; init; }

    public LaneState State { get; init; }

    /// <summary>By the clock of the lane's database. Orders the messages, which may arrive in any order.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset HeardAt { get; init; }
}

internal sealed class LaneChangedConsumer(OrchestratorDbContext database, TimeProvider clock) : IConsumer<LaneChanged>
{
    public Task Consume(ConsumeContext<LaneChanged> context)
    {
        var (change, now) = (context.Message, clock.GetUtcNow());
        var sql = $$"""
            INSERT INTO {{database.TableOf<LaneStatus>()}} AS known (name, state, changed_at, heard_at) VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT (name) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at, heard_at = excluded.heard_at
            WHERE known.changed_at <= excluded.changed_at
            """;
        object[] values = [change.Lane, $"{change.State}", database.Stored(change.At.ToUniversalTime()), database.Stored(now)];
        return database.Database.ExecuteSqlRawAsync(sql, values, context.CancellationToken);
    }
}
