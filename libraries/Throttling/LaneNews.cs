using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Contracts;
using Podcast.Hosting.Bus;
using Podcast.Throttling.Data;

namespace Podcast.Throttling;

/// <summary>
/// Logs and publishes (if there is a bus) that a lane was paused or opened. The row is authoritative: the message of a pause may
/// be lost; for an opening the row records whether it was published (<see cref="LaneTeller"/>).
/// </summary>
internal sealed class LaneNews(IServiceProvider services, TimeProvider clock, ILogger<ProviderThrottle> logger)
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    public Task Paused(LaneEventRow happened, DateTimeOffset until)
    {
        logger.Paused(happened.Lane, happened.Why ?? "", until);
        return Tell(new LaneChanged(happened.Lane, LaneState.Paused, happened.Why, happened.By, happened.At, until));
    }

    /// <returns>True if the broker has confirmed the message.</returns>
    public Task<bool> Opened(LaneEventRow happened)
    {
        logger.Opened(happened.Lane, happened.By, happened.Why);
        return Tell(new LaneChanged(happened.Lane, LaneState.Open, happened.Why, happened.By, happened.At));
    }

    // Uses the bus, not the scoped endpoint: that may write to an outbox, whose message would wait for a SaveChanges that never
    // comes.
    private async Task<bool> Tell(LaneChanged change)
    {
        if (services.GetService<IBus>() is not { } bus)
            return false;

        try
        {
            using var timeout = new CancellationTokenSource(limit, clock);
            await bus.PublishConfirmed(change, timeout.Token);
            return true;
        }
        catch (Exception failure)
        {
            logger.NotTold(change.Lane, failure.GetBaseException().GetType().Name);
            return false;
        }
    }
}
