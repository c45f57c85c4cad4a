using Podcast.Hosting.Bus;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>
/// Asks the orchestrator to republish episodes that sent no snapshot for long, because a snapshot may be lost. Any number of
/// instances may run it: the one whose conditional update moves <see cref="Episode.AskAt"/> publishes the question.
/// </summary>
internal sealed class SnapshotSweep(
    IServiceScopeFactory scopes, IBus bus, IOptions<ReadModelOptions> options, TimeProvider clock, ILogger<SnapshotSweep> logger)
    : BackgroundService
{
    private const int Most = 100;

    private static readonly TimeSpan confirmWithin = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, clock);
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

    /// <summary>Runs once; returns the number of episodes that this instance asked for.</summary>
    internal async Task<int> Sweep(CancellationToken cancellationToken)
    {
        if (bus.IsAway())
            return 0;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var now = clock.GetUtcNow();
        var silent = await db.Episodes.AsNoTracking()
            .Where(e => e.AskAt <= now)
            .OrderBy(e => e.AskAt)
            .Take(Most)
            .ToListAsync(cancellationToken);

        var asked = 0;
        foreach (var episode in silent)
        {
            var next = AskSchedule.Again(episode, now, options.Value);
            var mine = await db.Episodes
                .Where(e => e.Id == episode.Id && e.AskAt == episode.AskAt)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.AskAt, next), cancellationToken);
            if (mine == 0)
                continue;

            using var deadline = new CancellationTokenSource(confirmWithin, clock);
            await bus.PublishConfirmed(new RepublishEpisode(episode.Id, episode.Version), deadline.Token);
            asked++;
        }

        return asked;
    }
}
