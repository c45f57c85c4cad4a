using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Hosting.Bus;

namespace Podcast.Throttling;

/// <summary>
/// Logs and publishes (if there is a bus) that a lane was paused or opened. The row is authoritative: the message of a pause may
/// be lost. Of an opening the row records whether it was published; every process that shares the lane checks this and publishes
/// it if the process that opened the lane, or its broker, failed. Publishing twice is harmless, because consumers are idempotent.
/// </summary>
internal sealed class LaneChangePublisher(LaneStore store, IServiceProvider services, TimeProvider clock, ILogger<ProviderThrottle> logger)
    : BackgroundService
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(5);

    public Task Paused(LaneEventRow change, DateTimeOffset until)
    {
        logger.Paused(change.Lane, change.Why ?? "", until);
        return Publish(new LaneChanged(change.Lane, LaneState.Paused, change.Why, change.By, change.At, until));
    }

    public async Task Opened(LaneEventRow change, CancellationToken cancellationToken)
    {
        logger.Opened(change.Lane, change.By, change.Why);
        if (await Publish(new LaneChanged(change.Lane, LaneState.Open, change.Why, change.By, change.At)))
            await Try(() => store.MarkPublished(change.At, cancellationToken), cancellationToken);
    }

    /// <summary>Publishes an opening that the process which opened the lane could not publish.</summary>
    public async Task PublishMissed(CancellationToken cancellationToken)
    {
        var row = (await store.Read(cancellationToken)).Row;
        if (row.UnpublishedSince is { } since)
            await Opened(row.Event(since, "opened", row.By ?? store.Name, why: null), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Try(() => PublishMissed(stoppingToken), stoppingToken);
    }

    // Uses the bus, not the scoped endpoint: that may write to an outbox, whose message would wait for a SaveChanges that never
    // comes. True if the broker has confirmed the message.
    private async Task<bool> Publish(LaneChanged change)
    {
        using var timeout = new CancellationTokenSource(ConfirmWithin, clock);
        return services.GetService<IBus>() is { } bus && await Try(() => bus.PublishConfirmed(change, timeout.Token));
    }

    private async Task<bool> Try(Func<Task> action, CancellationToken cancellationToken = default)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.NotPublished(store.Name, failure.GetBaseException().GetType().Name);
            return false;
        }
    }
}
