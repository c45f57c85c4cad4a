using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Contracts;
using Podcast.Hosting.Bus;
using Podcast.Throttling.Data;

namespace Podcast.Throttling;

/// <summary>
/// Tells the log and the bus, where there is one, that a lane was paused or opened. The row holds the truth: that one of a pause may get
/// lost, and of an opening the row knows whether it was told (<see cref="LaneTeller"/>).
/// </summary>
internal sealed class LaneNews(IServiceProvider services, TimeProvider clock, ILogger<ProviderThrottle> logger)
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    public Task Paused(LaneEventRow happened, DateTimeOffset until)
    {
        logger.Paused(happened.Lane, happened.Why ?? "", until);
        return Tell(new LaneChanged(happened.Lane, LaneState.Paused, happened.Why, happened.By, happened.At, until));
    }

    /// <returns>Whether the bus has it.</returns>
    public Task<bool> Opened(LaneEventRow happened)
    {
        logger.Opened(happened.Lane, happened.By, happened.Why);
        return Tell(new LaneChanged(happened.Lane, LaneState.Open, happened.Why, happened.By, happened.At));
    }

    // Not the scoped endpoint: it may belong to a database's outbox, where a message waits for a commit that nobody here makes.
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
