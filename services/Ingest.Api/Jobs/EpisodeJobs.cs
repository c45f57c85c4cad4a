using Podcast.Ingest.Api.Failures;

namespace Podcast.Ingest.Api.Jobs;

/// <summary>
/// Starts and shows jobs; <see cref="JobSweep"/> does their work. Which episodes it is is decided here, once: those that match later are
/// not part of it. Of two operators who start the same at once, the second finds nothing left.
/// </summary>
internal sealed class EpisodeJobs(IngestDb db, FailureReader failures, IdempotencyStore posts, JobSweep sweep, TimeProvider clock)
{
    private const int MostJobs = 20;
    internal const int MostItems = 2000; // of a page; more would be no page to read
    internal const int MostEpisodes = 10_000; // of a search; a person can hardly mean more

    /// <summary>Retries the episodes of a cause.</summary>
    public Task<Outcome<JobView>> Retry(Posted<RetryCauseRequest> posted, string cause, CancellationToken cancellationToken) =>
        Start(posted, async () =>
        {
            var (what, ids) = ((Cause?)null, new List<Guid>());
            await foreach (var episode in failures.Of(posted.Owner, cause).Take(posted.Body.Limit ?? int.MaxValue)
                .WithCancellation(cancellationToken))
            {
                what ??= episode.Cause;
                ids.Add(episode.Id);
            }

            return what is null
                ? NothingLeft("No episode waits for this cause any more: somebody may have retried them.")
                : await Add(posted.Owner, JobAction.Retry, what.Message, posted.Body.Why, ids, cancellationToken, what.Step);
        }, cancellationToken);

    /// <summary>Does something with all episodes that match.</summary>
    public Task<Outcome<JobView>> Start(Posted<StartJobRequest> posted, JobAction action, CancellationToken cancellationToken) =>
        Start(posted, async () =>
        {
            var (owner, body) = (posted.Owner, posted.Body);
            var matching = (await new EpisodeFilter(body.Status, body.Q).Of(db, owner, cancellationToken))
                .NotAsked(db, clock.GetUtcNow(), action.Name);
            var most = body.AtMost ?? MostEpisodes;
            var ids = await matching.OrderBy(e => e.Id).Select(e => e.Id).Take(most + 1).ToListAsync(cancellationToken);
            return ids.Count == 0 ? NothingLeft("No episode matches any more: somebody may have done it already.")
                : ids.Count > most ? Refusals.Conflict($"More than {most} episodes match. Nothing was done: look again.")
                : await Add(owner, action.Name, Which(body), body.Why, ids, cancellationToken);
        }, cancellationToken);

    public async Task<IReadOnlyList<JobView>> Newest(Owner owner, CancellationToken cancellationToken)
    {
        var jobs = await db.Jobs.AsNoTracking().Where(j => j.UserId == owner.Id)
            .OrderByDescending(j => j.CreatedAt).Take(MostJobs).ToListAsync(cancellationToken);
        var views = new List<JobView>();
        foreach (var job in jobs)
            views.Add(await View(job, null, 0, cancellationToken));
        return views;
    }

    /// <param name="after">The last episode of the page before; null: the first page.</param>
    /// <param name="items">How many episodes to tell of.</param>
    public async Task<JobView?> Find(Owner owner, Guid id, Guid? after, int items, CancellationToken cancellationToken) =>
        await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id && j.UserId == owner.Id, cancellationToken) is { } job
            ? await View(job, after, items, cancellationToken)
            : null;

    private async Task<Outcome<JobView>> Start(
        Posted posted, Func<Task<Outcome<JobView>>> start, CancellationToken cancellationToken)
    {
        var outcome = await posts.Do(posted.Key, async () =>
        {
            await db.Lock($"jobs of {posted.Owner.Id}", cancellationToken);
            return await start();
        }, cancellationToken);
        sweep.Wake();
        return outcome;
    }

    private async Task<Outcome<JobView>> Add(
        Owner owner, string action, string message, string? why, IReadOnlyList<Guid> episodes, CancellationToken cancellationToken,
        TaskKind? step = null)
    {
        var now = clock.GetUtcMilliseconds();
        var job = new EpisodeJob
        {
            Id = Guid.CreateVersion7(now),
            UserId = owner.Id,
            By = owner.By,
            Action = action,
            Step = step,
            Message = message,
            Why = why,
            CreatedAt = now,
        };
        db.Jobs.Add(job);
        await db.SaveChangesAsync(cancellationToken);
        var items = db.RowsAsJson(episodes.Select(id => new JobItem { JobId = job.Id, EpisodeId = id, At = now }));
        await db.Database.ExecuteSqlRawAsync(db.InsertRows<JobItem>(), [items], cancellationToken);
        return await View(job, null, 0, cancellationToken);
    }

    private static ProblemHttpResult NothingLeft(string why) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: why);

    private static string Which(StartJobRequest body) => body.Q is null
        ? $"All episodes that are {body.Status}"
        : $"The episodes that are {body.Status} and match “{body.Q}”";

    private async Task<JobView> View(EpisodeJob job, Guid? after, int most, CancellationToken cancellationToken)
    {
        var items = from item in db.JobItems
                    where item.JobId == job.Id
                    join episode in db.Episodes on item.EpisodeId equals episode.Id
                    select new { item.Result, item.Note, episode.Id, episode.Title, episode.Status, episode.Reason };
        var counts = await items.GroupBy(item => new { item.Result, item.Status })
            .Select(same => new { same.Key.Result, same.Key.Status, Count = same.Count() }).ToListAsync(cancellationToken);
        var rows = most == 0 ? null : await items.Where(item => after == null || item.Id > after)
            .OrderBy(item => item.Id).Take(most + 1).ToListAsync(cancellationToken);
        var next = rows?.Count > most ? rows[most - 1].Id : (Guid?)null;
        return new JobView(
            job.Id, job.Action, job.Step?.WireName(), job.Message, job.Why, job.AskedBy, job.CreatedAt.UtcDateTime, job.DoneAt?.UtcDateTime,
            counts.Sum(same => same.Count), counts.Where(same => same.Result is null).Sum(same => same.Count),
            counts.Where(same => same.Result == JobItem.Refused).Sum(same => same.Count),
            counts.Where(same => same.Result == JobItem.Requested).ToDictionary(same => same.Status, same => same.Count),
            rows?.Take(most).Select(row => new JobItemView(row.Id, row.Title, row.Result, row.Note, row.Status, row.Reason)).ToList(),
            next);
    }
}
