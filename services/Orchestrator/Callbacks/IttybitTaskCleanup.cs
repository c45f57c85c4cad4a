using Microsoft.Extensions.Options;

namespace Podcast.Orchestrator.Callbacks;

/// <summary>Deletes rows of Ittybit's tasks that no webhook can be about any more. Any number of instances may run.</summary>
internal sealed class IttybitTaskCleanup(
    IServiceScopeFactory scopes, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<IttybitTaskCleanup> log)
    : BackgroundService
{
    /// <summary>Rows of one statement: short, so that webhooks do not wait for it.</summary>
    internal const int BatchSize = 500;

    private static readonly TimeSpan every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
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

    /// <summary>One batch; returns how many rows it deleted.</summary>
    internal async Task<int> Clean(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var deleted = await scope.ServiceProvider.GetRequiredService<IttybitTasks>()
            .Forget(clock.GetUtcNow() - options.Value.LongestTaskMemory, BatchSize, cancellationToken);

        if (deleted.Count(known => !known) is var unknown and > 0)
            log.ReportsOfNobodysTasks(unknown);
        return deleted.Count;
    }
}
