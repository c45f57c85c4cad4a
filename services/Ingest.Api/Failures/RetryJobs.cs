namespace Podcast.Ingest.Api.Failures;

/// <summary>Starts and shows jobs that retry all episodes of a cause; <see cref="RetryJobSweep"/> does their work.</summary>
internal sealed class RetryJobs(
    IngestDb db, FailureReader failures, IdempotencyStore posts, RetryJobSweep sweep, TimeProvider clock)
{
    private const int MostJobs = 20;
    internal const int MostItems = 2000; // more would be no page to read

    /// <summary>
    /// Which episodes it is decides here, once: those that fail later for the same cause are not part of it. Of two operators who
    /// start it at once, the second finds nothing left.
    /// </summary>
    public async Task<Outcome<RetryJobView>> Start(
        Posted<RetryCauseRequest> posted, string cause, CancellationToken cancellationToken)
    {
        var outcome = await posts.Do<RetryJobView>(posted.Key, async () =>
        {
            await db.Lock($"failures of {posted.Owner.Id}", cancellationToken);
            var episodes = (await failures.All(posted.Owner, cancellationToken)).FindAll(episode => episode.Cause.Id == cause);
            if (episodes.Count == 0)
                return TypedResults.Problem(
                    statusCode: StatusCodes.Status404NotFound,
                    detail: "No episode waits for this cause any more: somebody may have retried them.");

            var now = clock.GetUtcMilliseconds();
            var job = new RetryJob
            {
                Id = Guid.CreateVersion7(now),
                UserId = posted.Owner.Id,
                By = posted.Owner.By,
                Step = episodes[0].Cause.Step,
                Message = episodes[0].Cause.Message,
                Why = posted.Body.Why,
                CreatedAt = now,
            };
            db.RetryJobs.Add(job);
            db.RetryItems.AddRange(episodes.Take(posted.Body.Limit ?? int.MaxValue)
                .Select(episode => new RetryItem { JobId = job.Id, EpisodeId = episode.Id, At = now }));
            await db.SaveChangesAsync(cancellationToken);
            return await View(job, null, 0, cancellationToken);
        }, cancellationToken);
        sweep.Wake();
        return outcome;
    }

    public async Task<IReadOnlyList<RetryJobView>> Newest(Owner owner, CancellationToken cancellationToken)
    {
        var jobs = await db.RetryJobs.AsNoTracking().Where(j => j.UserId == owner.Id)
            .OrderByDescending(j => j.CreatedAt).Take(MostJobs).ToListAsync(cancellationToken);
        var views = new List<RetryJobView>();
        foreach (var job in jobs)
            views.Add(await View(job, null, 0, cancellationToken));
        return views;
    }

    /// <param name="after">The last episode of the page before; null: the first page.</param>
    /// <param name="items">How many episodes to tell of.</param>
    public async Task<RetryJobView?> Find(Owner owner, Guid id, Guid? after, int items, CancellationToken cancellationToken) =>
        await db.RetryJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id && j.UserId == owner.Id, cancellationToken) is { } job
            ? await View(job, after, items, cancellationToken)
            : null;

    private async Task<RetryJobView> View(RetryJob job, Guid? after, int most, CancellationToken cancellationToken)
    {
        var items = from item in db.RetryItems
                    where item.JobId == job.Id
                    join episode in db.Episodes on item.EpisodeId equals episode.Id
                    select new { item.Result, item.Note, episode.Id, episode.Title, episode.Status, episode.Reason };
        var counts = await items.GroupBy(item => new { item.Result, item.Status })
            .Select(same => new { same.Key.Result, same.Key.Status, Count = same.Count() }).ToListAsync(cancellationToken);
        var rows = most == 0 ? null : await items.Where(item => after == null || item.Id > after)
            .OrderBy(item => item.Id).Take(most + 1).ToListAsync(cancellationToken);
        var next = rows?.Count > most ? rows[most - 1].Id : (Guid?)null;
        return new RetryJobView(
            job.Id, job.Step?.WireName(), job.Message, job.Why, job.By ?? job.UserId, job.CreatedAt.UtcDateTime, job.DoneAt?.UtcDateTime,
            counts.Sum(same => same.Count), counts.Where(same => same.Result is null).Sum(same => same.Count),
            counts.Where(same => same.Result == RetryItem.Refused).Sum(same => same.Count),
            counts.Where(same => same.Result == RetryItem.Requested).ToDictionary(same => same.Status, same => same.Count),
            rows?.Take(most).Select(row => new RetryItemView(row.Id, row.Title, row.Result, row.Note, row.Status, row.Reason)).ToList(),
            next);
    }
}
