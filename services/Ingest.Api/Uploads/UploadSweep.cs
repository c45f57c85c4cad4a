using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Announces an accepted episode again while nobody takes it up, so that none is lost with a message. Any number of instances may sweep:
/// who moves <see cref="Episode.AnnouncedAt"/> first announces. Forgets old answers too.
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

    /// <summary>One round; returns how many episodes this instance announced.</summary>
    internal async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var announced = 0;
        foreach (var (id, announcedAt) in await Forgotten(cancellationToken))
        {
            if (await Announce(id, announcedAt, cancellationToken))
                announced++;
        }

        return announced;
    }

    private async Task<List<(Guid Id, DateTimeOffset? AnnouncedAt)>> Forgotten(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();

        var old = clock.GetUtcNow() - options.CurrentValue.RememberAnswersFor;
        await db.Answers.Where(a => a.CreatedAt < old).ExecuteDeleteAsync(cancellationToken);

        var due = clock.GetUtcNow() - options.CurrentValue.AnnounceAgainAfter;
        var forgotten = await db.Episodes
            .Where(e => e.Status == Status.Uploaded && e.Version == 0 && e.AnnouncedAt <= due)
            .OrderBy(e => e.AnnouncedAt)
            .Take(Most)
            .Select(e => new { e.Id, e.AnnouncedAt })
            .ToListAsync(cancellationToken);

        return [.. forgotten.Select(e => (e.Id, e.AnnouncedAt))];
    }

    private async Task<bool> Announce(Guid id, DateTimeOffset? announcedAt, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var bus = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        DateTimeOffset? now = clock.GetUtcMilliseconds();
        var mine = await db.Episodes
            .Where(e => e.Id == id && e.Status == Status.Uploaded && e.Version == 0 && e.AnnouncedAt == announcedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.AnnouncedAt, now), cancellationToken);
        if (mine == 0)
            return false;

        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == id, cancellationToken);
        await bus.Publish(Announcement.Of(episode), cancellationToken);
        await bus.Publish(new RepublishEpisode(id, episode.Version), cancellationToken); // it may be known, and its snapshots lost
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.EpisodeAnnouncedAgain(id);
        return true;
    }
}
