using Podcast.Ingest.Api.Actions;

namespace Podcast.Ingest.Api.Failures;

/// <summary>
/// Retries the episodes of the jobs, one transaction each: the item's result and the command are committed together, and only one
/// instance can write the result. So each episode is retried once, whoever dies meanwhile.
/// </summary>
internal sealed class RetryJobSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RetryJobSweep> logger)
    : PeriodicSweep(Every, clock, logger)
{
    /// <summary>How long a job waits at most whose instance ended before its work was done.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly WakeUp wakeUp = new();

    /// <summary>Begins with the jobs that are committed: an operator watches theirs.</summary>
    public void Wake() => wakeUp.Set();

    internal override async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var retried = 0;
        while (await Next(cancellationToken) is { Count: > 0 } items)
        {
            foreach (var (job, episodeId) in items)
                retried += await Retry(job, episodeId, cancellationToken) ? 1 : 0;
        }

        return retried;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Periodic.Run(Sweep, Every, wakeUp, Clock, logger, stoppingToken);

    /// <summary>Items whose turn it is; a job without any is marked as done.</summary>
    private async Task<List<(RetryJob Job, Guid EpisodeId)>> Next(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        foreach (var job in await db.RetryJobs.Where(j => j.DoneAt == null).OrderBy(j => j.CreatedAt).ToListAsync(cancellationToken))
        {
            var episodes = await db.RetryItems.Where(i => i.JobId == job.Id && i.Result == null)
                .OrderBy(i => i.EpisodeId).Select(i => i.EpisodeId).Take(Most).ToListAsync(cancellationToken);
            if (episodes.Count > 0)
                return episodes.ConvertAll(id => (job, id));
            job.DoneAt = Clock.GetUtcMilliseconds();
            await db.SaveChangesAsync(cancellationToken);
        }

        return [];
    }

    private async Task<bool> Retry(RetryJob job, Guid episodeId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var bus = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        var episode = await scope.ServiceProvider.GetRequiredService<EpisodeReader>()
            .Find(new Owner(job.UserId), episodeId, cancellationToken);
        var refusal = episode is null ? "The episode is gone." : ActionRules.RefuseRetry(episode, null, now: false)?.ProblemDetails.Detail;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (result, now) = (refusal is null ? RetryItem.Requested : RetryItem.Refused, Clock.GetUtcMilliseconds());
        var mine = await db.RetryItems.Where(i => i.JobId == job.Id && i.EpisodeId == episodeId && i.Result == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.Result, result).SetProperty(i => i.Note, refusal).SetProperty(i => i.At, now),
                cancellationToken);
        if (mine == 1 && refusal is null)
            await bus.Publish(new RetryEpisode(episodeId, null, Now: false, job.By ?? job.UserId, job.Why), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return mine == 1;
    }
}
