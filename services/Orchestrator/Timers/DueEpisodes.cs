namespace Podcast.Orchestrator.Timers;

/// <summary>
/// Claims due episodes. One statement moves their <c>due_at</c> on by the lease, so that no other sweep takes them, and they are
/// due again if the claimer dies. The saga sets the real next time when it handles <c>EpisodeDue</c>. Each lease is twice the one
/// before, so that a queue without a running consumer does not fill with duplicates.
/// </summary>
internal sealed class DueEpisodes(OrchestratorDbContext database)
{
    private const int MostDoublings = 4;

    public async Task<IReadOnlyList<Guid>> Claim(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        var name = database.TableOf<EpisodeState>();
        var least = database.Database.IsNpgsql() ? "LEAST" : "MIN";
        var sql = $$"""
            UPDATE {{name}} SET due_at = {0} + {1} * (1 << {{least}}(due_claims, {{MostDoublings}})), due_claims = due_claims + 1
            WHERE episode_id IN (SELECT episode_id FROM {{name}} WHERE due_at <= {0} ORDER BY due_at LIMIT {2} {{database.SkipLocked()}})
            RETURNING episode_id
            """;

        return await database.Database
            .SqlQueryRaw<Guid>(sql, database.Stored(now), database.Stored(lease), limit)
            .ToListAsync(cancellationToken);
    }
}
