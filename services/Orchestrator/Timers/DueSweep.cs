using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Hosting.Bus;

namespace Podcast.Orchestrator.Timers;

/// <summary>The only timer there is: finds episodes that are due and says so on the bus. Any number of instances may run.</summary>
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

    /// <summary>After a lane opened: a batch a round, so that not all who waited ask at once.</summary>
    internal async Task Wake(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var waiting = await scope.ServiceProvider.GetRequiredService<LaneWakeUps>().Wake(options.Value.SweepBatchSize, cancellationToken);

        var now = clock.GetUtcNow();
        await Tell(waiting.Select(id => new EpisodeDue(id, now, LaneIsOpen: true)), cancellationToken);
    }

    /// <summary>One round; returns how many episodes it found.</summary>
    internal async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var due = await scope.ServiceProvider.GetRequiredService<DueEpisodes>()
            .Claim(now, options.Value.ClaimLease, options.Value.SweepBatchSize, cancellationToken);

        await Tell(due.Select(id => new EpisodeDue(id, now)), cancellationToken);
        return due.Count;
    }

    /// <summary>Those that a broker does not confirm while the lease lasts are claimed anew after it.</summary>
    private Task Tell(IEnumerable<EpisodeDue> news, CancellationToken cancellationToken) =>
        Task.WhenAll(news.Select(due => bus.Publish(due, CancellationToken.None))).WaitAsync(options.Value.ClaimLease, clock, cancellationToken);
}
