using Podcast.Orchestrator.Callbacks;

namespace Podcast.Orchestrator.Timers;

/// <summary>Publishes <see cref="EpisodeDue"/>, and deletes old rows. Any number of instances may run it.</summary>
internal sealed partial class Sweeps(
    IServiceScopeFactory scopes, IBusControl bus, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<Sweeps> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Every(options.Value.SweepInterval, WakeEpisodes, stoppingToken),
        Every(TimeSpan.FromHours(1), ForgetIttybitTasks, stoppingToken));

    private Task Every(TimeSpan interval, Func<IServiceProvider, CancellationToken, Task> sweep, CancellationToken stopping) =>
        Periodic.Run(
            async cancellationToken =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await sweep(scope.ServiceProvider, cancellationToken);
            },
            interval, clock, log, stopping);

    private async Task WakeEpisodes(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (bus.IsAway())
            return; // a claim now would only cost a lease: nothing can be published

        // One batch of those that wait for a lane, so that they do not all call the provider at once.
        var (episodes, batch) = (services.GetRequiredService<DueEpisodes>(), options.Value.SweepBatchSize);
        await Publish(await episodes.Wake(clock.GetUtcNow(), batch, cancellationToken), laneIsOpen: true, cancellationToken);

        List<Guid> due;
        do
        {
            due = await episodes.Claim(clock.GetUtcNow(), options.Value.ClaimLease, batch, cancellationToken);
            await Publish(due, laneIsOpen: false, cancellationToken);
        }
        while (due.Count == batch);
    }

    /// <summary>Waits for the broker's confirmations no longer than the lease; what is not confirmed is claimed again.</summary>
    private Task Publish(List<Guid> episodes, bool laneIsOpen, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Task.WhenAll(episodes.Select(id => bus.Publish(new EpisodeDue(id, now, laneIsOpen), CancellationToken.None)))
            .WaitAsync(options.Value.ClaimLease, clock, cancellationToken);
    }

    private async Task ForgetIttybitTasks(IServiceProvider services, CancellationToken cancellationToken)
    {
        List<bool> deleted;
        do
        {
            deleted = await services.GetRequiredService<IttybitTasks>().Forget(
                clock.GetUtcNow() - options.Value.LongestTaskMemory, IttybitTasks.BatchSize, cancellationToken);
            if (deleted.Count(known => !known) is var unknown and > 0)
                ReportsOfNobodysTasks(unknown);
        }
        while (deleted.Count == IttybitTasks.BatchSize);
    }

    [LoggerMessage(LogLevel.Warning, "Reports of {Count} Ittybit tasks are deleted: no episode ever had those tasks")]
    private partial void ReportsOfNobodysTasks(int count);
}
