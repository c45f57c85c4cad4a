using Podcast.Sweeping;

namespace Podcast.Orchestrator.Timers;

/// <summary>
/// The newest known state of a provider's lane, in the database because one instance may consume the opening and another one the
/// next pause.
/// </summary>
/// <param name="ChangedAt">By the clock of the lane's database; orders the messages, which may arrive in any order.</param>
/// <param name="HeardAt">By our clock.</param>
internal sealed record LaneStatus(string Name, LaneState State, DateTimeOffset ChangedAt, DateTimeOffset HeardAt);

internal sealed class LaneChangedConsumer(OrchestratorDbContext database, DueTimes<EpisodeState> times, TimeProvider clock)
    : IConsumer<LaneChanged>
{
    public async Task Consume(ConsumeContext<LaneChanged> context)
    {
        var (change, now) = (context.Message, clock.GetUtcNow());
        var sql = $$"""
            INSERT INTO {{database.TableOf<LaneStatus>()}} AS known (name, state, changed_at, heard_at) VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT (name) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at, heard_at = excluded.heard_at
            WHERE known.changed_at <= excluded.changed_at
            """;
        object[] values = [change.Lane, $"{change.State}", database.Stored(change.At.ToUniversalTime()), database.Stored(now)];
        await database.Database.ExecuteSqlRawAsync(sql, values, context.CancellationToken);
        if (change.State == LaneState.Open)
            times.ExpectUntil(now + LaneWakeUps.JustNow);
    }
}
