using Microsoft.EntityFrameworkCore;
using Podcast.Orchestrator.Data;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Timers;

/// <summary>
/// Claims episodes whose moment has come: in one statement their <c>due_at</c> moves on by the lease, so that no other sweep takes
/// them, and if the claimer dies they are due again. The episode sets its true next moment itself. Each lease is twice the one before:
/// where nobody reads the queue for long, it must not fill with the same word.
/// </summary>
internal sealed class DueEpisodes(OrchestratorDbContext database)
{
    private const int MostDoublings = 4;

    public async Task<IReadOnlyList<Guid>> Claim(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        var name = Table();
        var (skipLocked, least) = database.Database.IsNpgsql() ? ("FOR UPDATE SKIP LOCKED", "LEAST") : ("", "MIN");
        var sql = $$"""
            UPDATE {{name}} SET due_at = {0} + {1} * (1 << {{least}}(due_claims, {{MostDoublings}})), due_claims = due_claims + 1
            WHERE episode_id IN (SELECT episode_id FROM {{name}} WHERE due_at <= {0} ORDER BY due_at LIMIT {2} {{skipLocked}})
            RETURNING episode_id
            """;

        return await database.Database
            .SqlQueryRaw<Guid>(sql, Stored(now), Stored(lease), limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Takes episodes that wait for a lane, today's before the backlog's, so that nobody else wakes them.</summary>
    public async Task<IReadOnlyList<Guid>> WaitingForLane(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var name = Table();
        var locked = database.Database.IsNpgsql() ? "FOR UPDATE" : "";
        var sql = $$"""
            UPDATE {{name}} SET lane_until = NULL
            WHERE episode_id IN (SELECT episode_id FROM {{name}} WHERE lane_until > {0} ORDER BY priority DESC, lane_until LIMIT {1} {{locked}})
            RETURNING episode_id
            """;

        return await database.Database.SqlQueryRaw<Guid>(sql, Stored(now), limit).ToListAsync(cancellationToken);
    }

    private string Table()
    {
        var table = database.Model.FindEntityType(typeof(EpisodeState))!;
        return table.GetSchema() is { } schema ? $"\"{schema}\".\"{table.GetTableName()}\"" : $"\"{table.GetTableName()}\"";
    }

    private object Stored(TimeSpan span) => database.Database.IsNpgsql() ? span : (long)span.TotalMilliseconds;

    // A raw parameter does not pass through the model's conversion of times.
    private object Stored(DateTimeOffset time)
    {
        var converter = database.Model.FindEntityType(typeof(EpisodeState))!
            .FindProperty(nameof(EpisodeState.DueAt))!
            .GetTypeMapping().Converter;
        return converter?.ConvertToProvider(time) ?? time;
    }
}
