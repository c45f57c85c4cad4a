namespace Podcast.Hosting.Data;

/// <summary>Awaits the databases in <c>StartingAsync</c>, before any other hosted service starts.</summary>
internal sealed class DatabaseStartService(DatabaseStart start) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => start.Ready(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
