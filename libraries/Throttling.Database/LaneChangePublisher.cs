using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Hosting.Bus;

namespace Podcast.Throttling;

/// <summary>
/// Logs and publishes (if there is a bus) that a lane was paused or opened. The message of a pause may be lost. Of an opening the
/// row records whether it was published; every process that shares the lane checks this and publishes it if the process that
/// opened the lane, or its broker, failed. Publishing twice is harmless, because consumers are idempotent.
/// </summary>
internal sealed class LaneChangePublisher(LaneStore store, IServiceProvider services, TimeProvider clock, ILogger<ProviderThrottle> logger)
    : BackgroundService, ILaneListener
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(5);

    public Task Paused(ThrottleEvent change, DateTimeOffset until)
    {
        logger.Paused(store.Name, change.Why ?? "", until);
        return Publish(new LaneChanged(store.Name, LaneState.Paused, change.Why, change.By, change.At, until));
    }

    public async Task Opened(ThrottleEvent change)
    {
        logger.Opened(store.Name, change.By, change.Why);
        if (await Publish(new LaneChanged(store.Name, LaneState.Open, change.Why, change.By, change.At)))
            await Try(limit => store.MarkPublished(change.At, limit));
    }

    /// <summary>Publishes an opening that the process which opened the lane could not publish.</summary>
    public async Task PublishMissed(CancellationToken cancellationToken)
    {
        if (await store.FindUnpublished(cancellationToken) is { UnpublishedSince: { } since } row)
            await Opened(new(since, "opened", row.By ?? store.Name, null));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Try(PublishMissed);
    }

    // Uses the bus, not the scoped endpoint, which may write to an outbox that is never saved. True if the broker has confirmed.
    private async Task<bool> Publish(LaneChanged change) =>
        services.GetService<IBus>() is { } bus && await Try(limit => bus.PublishConfirmed(change, limit));

    private async Task<bool> Try(Func<CancellationToken, Task> action)
    {
        using var limit = new CancellationTokenSource(ConfirmWithin, clock);
        try
        {
            await action(limit.Token);
            return true;
        }
        catch (Exception failure)
        {
            logger.NotPublished(store.Name, failure.GetBaseException().GetType().Name);
            return false;
        }
    }
}
