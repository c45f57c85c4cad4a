namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Announces an accepted episode again until the orchestrator sends its first snapshot, since messages can be lost. Also deletes
/// old idempotency records.
/// </summary>
internal sealed class UploadSweep(
    IServiceScopeFactory scopes, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<UploadSweep> logger)
    : PeriodicSweep(options.CurrentValue.SweepEvery, clock, logger)
{
    internal override async Task<int> Sweep(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();

        var now = Clock.GetUtcNow();
        var old = now - options.CurrentValue.RememberAnswersFor;
        await db.Answers.Where(a => a.CreatedAt < old).ExecuteDeleteAsync(cancellationToken);

        var forgotten = await db.Episodes
            .Where(e => e.Status == Status.Uploaded && e.Version == 0 && e.AnnounceAt <= now)
            .OrderBy(e => e.AnnounceAt).Take(Most)
            .Select(e => new { e.Id, e.AnnounceAt }).ToListAsync(cancellationToken);

        var announced = 0;
        foreach (var episode in forgotten)
            announced += await Announce(episode.Id, episode.AnnounceAt, cancellationToken) ? 1 : 0;
        return announced;
    }

    /// <summary>The time of the next announcement, after one at <paramref name="now"/>.</summary>
    internal static DateTimeOffset Next(DateTimeOffset now, DateTimeOffset uploadedAt, UploadOptions options) =>
        now + AskSchedule.Gap(now - uploadedAt, options.AnnounceAgainAfter, options.MaxAnnounceGap);

    private async Task<bool> Announce(Guid id, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var bus = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == id, cancellationToken);
        DateTimeOffset? next = Next(Clock.GetUtcMilliseconds(), episode.UploadedAt!.Value, options.CurrentValue);
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

/// <summary>A repeated announcement of an accepted episode has the same content.</summary>
internal static class Announcement
{
    public static EpisodeUploaded Of(Episode episode) => new(
        episode.Id, episode.UserId, episode.Title,
        new EpisodeSource(
            episode.IttybitFileId, episode.SourceUrl is null ? null : new Uri(episode.SourceUrl), episode.OriginalFilename,
            episode.FileSize, episode.DurationSeconds),
        episode.Description, episode.Plan ?? TaskNames.Plan(episode.RequestedTasks), episode.UploadedAt,
        Show: episode.Show, Details: episode.Details);
}
