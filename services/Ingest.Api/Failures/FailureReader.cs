using Podcast.Ingest.Api.Jobs;

namespace Podcast.Ingest.Api.Failures;

/// <summary>An episode that failed or is held.</summary>
/// <param name="Text">The message as it is.</param>
internal sealed record FailedEpisode(Guid Id, string Title, string Status, DateTimeOffset At, string Text, Cause Cause);

/// <summary>
/// Finds an owner's failed and held episodes, with the cause of each. Reads them one after the other: when a provider refuses all
/// calls, there may be tens of thousands.
/// </summary>
internal sealed class FailureReader(IngestDb db, TimeProvider clock)
{
    /// <summary>Newest first. An episode for which a job has asked is left out until it is heard of again.</summary>
    public IAsyncEnumerable<FailedEpisode> All(Owner owner)
    {
        var (held, failed) = (Status.Of(EpisodeStatus.Held), Status.Of(EpisodeStatus.Failed));
        return db.Episodes.AsNoTracking()
            .Where(e => e.UserId == owner.Id && (e.Status == held || e.Status == failed))
            .NotAsked(db, clock.GetUtcNow())
            .OrderByDescending(e => e.UpdatedAt).ThenByDescending(e => e.Id)
            .Select(e => new
            {
                e.Id,
                e.Title,
                e.Status,
                e.UpdatedAt,
                e.Reason,
                Tasks = e.Tasks.Where(t => t.Status == TaskState.Failed).OrderByDescending(t => t.Required).ThenBy(t => t.Id)
                    .Select(t => new { t.Type, t.ErrorMessage }).ToList(),
            })
            .AsAsyncEnumerable()
            .Select(row =>
            {
                var task = row.Tasks.FirstOrDefault();
                var text = task?.ErrorMessage ?? row.Reason ?? "";
                return new FailedEpisode(row.Id, row.Title, row.Status, row.UpdatedAt, text, Cause.Of(task?.Type, text));
            });
    }

    /// <summary>Those of one cause.</summary>
    public IAsyncEnumerable<FailedEpisode> Of(Owner owner, string cause) =>
        All(owner).Where(episode => episode.Cause.Id == cause);
}
