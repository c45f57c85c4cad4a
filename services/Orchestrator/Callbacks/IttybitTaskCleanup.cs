namespace Podcast.Orchestrator.Callbacks;

/// <summary>
/// Deletes rows of Ittybit tasks about which no webhook can arrive any more. Any number of instances may run it.
/// </summary>
internal sealed class IttybitTaskCleanup(
    IServiceScopeFactory scopes, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<IttybitTaskCleanup> log)
    : BackgroundService
{
    /// <summary>Rows per statement: few, so that webhooks do not wait long for their row locks.</summary>
    internal const int BatchSize = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await Clean(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.CleanupFailed(failure);
            }
        }
    }

    private async Task<int> Clean(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var deleted = await scope.ServiceProvider.GetRequiredService<IttybitTasks>()
            .Forget(clock.GetUtcNow() - options.Value.LongestTaskMemory, BatchSize, cancellationToken);

        if (deleted.Count(known => !known) is var unknown and > 0)
            log.ReportsOfNobodysTasks(unknown);
        return deleted.Count;
    }
}
