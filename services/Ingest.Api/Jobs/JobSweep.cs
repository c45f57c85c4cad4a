namespace Podcast.Ingest.Api.Jobs;

/// <summary>
/// Does the work of the jobs, one transaction an episode: the item's result and the command are committed together, and only one
/// instance can write the result. So each episode gets its command once, whoever dies meanwhile.
/// </summary>
internal sealed class JobSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobSweep> logger)
    : PeriodicSweep(Every, clock, logger)
{
    /// <summary>How long a job waits at most whose instance ended before its work was done.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly WakeUp wakeUp = new();

    /// <summary>Begins with the jobs that are committed: an operator watches theirs.</summary>
    public void Wake() => wakeUp.Set();

    internal override async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var done = 0;
        while (await Next(cancellationToken) is { Count: > 0 } items)
        {
            foreach (var (job, episodeId) in items)
                done += await Do(job, episodeId, cancellationToken) ? 1 : 0;
        }

        return done;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Periodic.Run(Sweep, Every, wakeUp, Clock, logger, stoppingToken);

    /// <summary>Items whose turn it is; a job without any is marked as done.</summary>
    private async Task<List<(EpisodeJob Job, Guid EpisodeId)>> Next(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        foreach (var job in await db.Jobs.Where(j => j.DoneAt == null).OrderBy(j => j.CreatedAt).ToListAsync(cancellationToken))
        {
            var episodes = await db.JobItems.Where(i => i.JobId == job.Id && i.Result == null)
                .OrderBy(i => i.EpisodeId).Select(i => i.EpisodeId).Take(Most).ToListAsync(cancellationToken);
            if (episodes.Count > 0)
                return episodes.ConvertAll(id => (job, id));
            job.DoneAt = Clock.GetUtcMilliseconds();
            await db.SaveChangesAsync(cancellationToken);
        }

        return [];
    }

    private async Task<bool> Do(EpisodeJob job, Guid episodeId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var bus = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        var episode = await scope.ServiceProvider.GetRequiredService<EpisodeReader>()
            .Find(new Owner(job.UserId), episodeId, cancellationToken);
        var action = JobAction.Of(job.Action);
        var refusal = episode is null ? "The episode is gone." : action.Refuse(episode)?.ProblemDetails.Detail;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (result, now) = (refusal is null ? JobItem.Requested : JobItem.Refused, Clock.GetUtcMilliseconds());
        var mine = await db.JobItems.Where(i => i.JobId == job.Id && i.EpisodeId == episodeId && i.Result == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.Result, result).SetProperty(i => i.Note, refusal).SetProperty(i => i.At, now),
                cancellationToken);
        if (mine == 1 && refusal is null)
            await bus.Publish(action.Command(job, episodeId), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return mine == 1;
    }
}
