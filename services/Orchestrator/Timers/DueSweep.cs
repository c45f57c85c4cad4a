namespace Podcast.Orchestrator.Timers;

/// <summary>
/// The only timer of the orchestrator: finds due episodes and publishes <see cref="EpisodeDue"/>. Any number of instances may run
/// it.
/// </summary>
internal sealed class DueSweep(
    IServiceScopeFactory scopes, IBusControl bus, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<DueSweep> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (bus.IsAway())
                continue; // a claim now would only cost a lease: nothing can be published

            try
            {
                await Wake(stoppingToken);
                while (await Sweep(stoppingToken) == options.Value.SweepBatchSize)
                {
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.SweepFailed(failure);
            }
        }
    }

    /// <summary>
    /// After a lane opened, wakes one batch of waiting episodes, so that they do not all call the provider at once.
    /// </summary>
    internal async Task Wake(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var waiting = await scope.ServiceProvider.GetRequiredService<LaneWakeUps>().Wake(options.Value.SweepBatchSize, cancellationToken);

        var now = clock.GetUtcNow();
        await Tell(waiting.Select(id => new EpisodeDue(id, now, LaneIsOpen: true)), cancellationToken);
    }

    /// <summary>Runs once; returns the number of episodes that it claimed.</summary>
    internal async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var due = await scope.ServiceProvider.GetRequiredService<DueEpisodes>()
            .Claim(now, options.Value.ClaimLease, options.Value.SweepBatchSize, cancellationToken);

        await Tell(due.Select(id => new EpisodeDue(id, now)), cancellationToken);
        return due.Count;
    }

    /// <summary>
    /// Waits for the broker's confirmations no longer than the lease; episodes that are not confirmed are claimed again
    /// afterwards.
    /// </summary>
    private Task Tell(IEnumerable<EpisodeDue> news, CancellationToken cancellationToken) =>
        Task.WhenAll(news.Select(due => bus.Publish(due, CancellationToken.None))).WaitAsync(options.Value.ClaimLease, clock, cancellationToken);
}
