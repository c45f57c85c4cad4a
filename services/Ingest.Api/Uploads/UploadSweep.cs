using Podcast.Ingest.Api.ReadModel;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Announces an accepted episode again until the orchestrator sends its first snapshot, since messages can be lost. Any number of
/// instances may run it: the one whose conditional update moves <see cref="Episode.AnnounceAt"/> announces. Also deletes old
/// idempotency records.
/// </summary>
internal sealed class UploadSweep(
    IServiceScopeFactory scopes, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<UploadSweep> logger)
    : BackgroundService
{
    private const int Most = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CurrentValue.SweepEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.SweepFailed(exception);
            }
        }
    }

    /// <summary>Runs once; returns the number of episodes that this instance announced.</summary>
    internal async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var announced = 0;
        foreach (var (id, due) in await Forgotten(cancellationToken))
        {
            if (await Announce(id, due, cancellationToken))
                announced++;
        }

        return announced;
    }

    /// <summary>The time of the next announcement, after one at <paramref name="now"/>.</summary>
    internal static DateTimeOffset Next(DateTimeOffset now, DateTimeOffset uploadedAt, UploadOptions options) =>
        now + AskSchedule.Gap(now - uploadedAt, options.AnnounceAgainAfter, options.MaxAnnounceGap);

    private async Task<List<(Guid Id, DateTimeOffset? Due)>> Forgotten(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();

        var now = clock.GetUtcNow();
        var old = now - options.CurrentValue.RememberAnswersFor;
        await db.Answers.Where(a => a.CreatedAt < old).ExecuteDeleteAsync(cancellationToken);

        var forgotten = await db.Episodes
            .Where(e => e.Status == Status.Uploaded && e.Version == 0 && e.AnnounceAt <= now)
            .OrderBy(e => e.AnnounceAt)
            .Take(Most)
            .Select(e => new { e.Id, e.AnnounceAt })
            .ToListAsync(cancellationToken);

        return [.. forgotten.Select(e => (e.Id, e.AnnounceAt))];
    }

    private async Task<bool> Announce(Guid id, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var bus = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == id, cancellationToken);
        DateTimeOffset? next = Next(clock.GetUtcMilliseconds(), episode.UploadedAt!.Value, options.CurrentValue);
        var mine = await db.Episodes
            .Where(e => e.Id == id && e.Status == Status.Uploaded && e.Version == 0 && e.AnnounceAt == due)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.AnnounceAt, next), cancellationToken);
        if (mine == 0)
            return false;

        await bus.Publish(Announcement.Of(episode), cancellationToken);
        await bus.Publish(new RepublishEpisode(id, episode.Version), cancellationToken); // its snapshots may have been lost
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.EpisodeAnnouncedAgain(id);
        return true;
    }
}
