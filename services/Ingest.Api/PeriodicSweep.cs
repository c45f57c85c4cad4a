namespace Podcast.Ingest.Api;

/// <summary>
/// Repairs after lost messages, at intervals. Any number of instances may run it: the one whose conditional update moves an
/// episode's due time handles it.
/// </summary>
internal abstract class PeriodicSweep(TimeSpan interval, TimeProvider clock, ILogger logger) : BackgroundService
{
    protected const int Most = 100; // episodes of one run

    protected TimeProvider Clock { get; } = clock;

    /// <summary>Runs once; returns the number of episodes that this instance handled.</summary>
    internal abstract Task<int> Sweep(CancellationToken cancellationToken);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Periodic.Run(Sweep, interval, Clock, logger, stoppingToken);
}
