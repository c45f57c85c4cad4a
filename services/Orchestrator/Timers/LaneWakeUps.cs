using Podcast.Sweeping;

namespace Podcast.Orchestrator.Timers;

/// <summary>Finds the episodes that need not wait any longer, because the lane for which they wait has just opened.</summary>
internal sealed class LaneWakeUps(OrchestratorDbContext database, DueRows<OrchestratorDbContext, EpisodeState> rows)
{
    private const string Provider = "ittybit"; // the lanes of other providers are Publishing's

    // A TaskDeferred sent before the lane opened may be handled after the opening.
    internal static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Claims them, normal priority before backlog. Each opening wakes an episode once: a lane that opens and closes in turn must
    /// not multiply commands.
    /// </summary>
    public async Task<List<Guid>> Claim(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var recently = now - JustNow;
        var opening = await database.Set<LaneStatus>().AsNoTracking()
            .Where(lane => lane.Name == Provider && lane.State == LaneState.Open && lane.HeardAt > recently)
            .OrderByDescending(lane => lane.ChangedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return opening is null ? [] : await rows.Update(
            "woken_for = {1}",
            "lane_until > {0} AND (woken_for IS NULL OR woken_for <> {1}) ORDER BY priority DESC, lane_until LIMIT {2}",
            [database.Stored(now), database.Stored(opening.ChangedAt), limit],
            cancellationToken);
    }
}
