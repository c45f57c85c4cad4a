namespace Podcast.Orchestrator.Callbacks;

/// <summary>Deletes what we know of old Ittybit tasks. Any number of instances may run it.</summary>
internal sealed partial class ForgottenTasks(
    IServiceScopeFactory scopes, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<ForgottenTasks> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Periodic.Run(Forget, TimeSpan.FromHours(1), clock, log, stoppingToken);

    private async Task Forget(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        List<bool> deleted;
        do
        {
            deleted = await scope.ServiceProvider.GetRequiredService<IttybitTasks>().Forget(
                clock.GetUtcNow() - options.Value.LongestTaskMemory, IttybitTasks.BatchSize, cancellationToken);
            if (deleted.Count(known => !known) is var unknown and > 0)
                ReportsOfNobodysTasks(unknown);
        }
        while (deleted.Count == IttybitTasks.BatchSize);
    }

    [LoggerMessage(LogLevel.Warning, "Reports of {Count} Ittybit tasks are deleted: no episode ever had those tasks")]
    private partial void ReportsOfNobodysTasks(int count);
}
