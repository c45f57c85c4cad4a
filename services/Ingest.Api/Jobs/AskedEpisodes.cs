namespace Podcast.Ingest.Api.Jobs;

/// <summary>Leaves out the episodes for which a job has just asked.</summary>
internal static class AskedEpisodes
{
    /// <summary>
    /// How long an episode is left out after a job, unless it is heard of before. Longer than the effect takes to show; an episode of
    /// which nothing is heard after all must not stay hidden.
    /// </summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    /// <param name="action">Only jobs that do this; null: any job.</param>
    public static IQueryable<Episode> NotAsked(this IQueryable<Episode> episodes, IngestDb db, DateTimeOffset now, string? action = null)
    {
        var recently = now - patience;
        return episodes.Where(e => !db.JobItems.Any(i => i.EpisodeId == e.Id && i.Result != JobItem.Refused && i.At > recently
            && (e.ChangedAt == null || i.At >= e.ChangedAt)
            && (action == null || db.Jobs.Any(j => j.Id == i.JobId && j.Action == action))));
    }
}
