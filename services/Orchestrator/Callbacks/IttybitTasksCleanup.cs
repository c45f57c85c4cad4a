using Microsoft.Extensions.Options;

namespace Podcast.Orchestrator.Callbacks;

/// <summary>Keeps <c>ittybit_tasks</c> from growing for ever. Any number of instances may run.</summary>
internal sealed class IttybitTasksCleanup(
    IServiceScopeFactory scopes, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<IttybitTasksCleanup> log) : BackgroundService
{
    private const int BatchSize = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Clean(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.CleanupFailed(failure);
            }
        }
    }

    /// <summary>One round, in batches that hold no lock for long.</summary>
    internal async Task Clean(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var tasks = scope.ServiceProvider.GetRequiredService<IttybitTasks>();
        while (await tasks.RemoveOlderThan(options.Value.KeepTaskIds, BatchSize, cancellationToken) == BatchSize)
        {
        }
    }
}
