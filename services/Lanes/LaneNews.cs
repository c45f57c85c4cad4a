using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podcast.Contracts;
using Podcast.Lanes.Data;

namespace Podcast.Lanes;

/// <summary>
/// Tells the log and the bus, where there is one, that a lane was paused or opened. Nobody relies on it: the row holds the truth, and who
/// waits looks again by itself, only later.
/// </summary>
internal sealed class LaneNews(IServiceProvider services, TimeProvider clock, ILogger<Lane> logger)
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    public Task Paused(LaneEventRow happened, DateTimeOffset until)
    {
        logger.Paused(happened.Lane, happened.Why ?? "", until);
        return Tell(new LaneChanged(happened.Lane, LaneState.Paused, happened.Why, happened.By, happened.At, until));
    }

    public Task Opened(LaneEventRow happened)
    {
        logger.Opened(happened.Lane, happened.By, happened.Why);
        return Tell(new LaneChanged(happened.Lane, LaneState.Open, happened.Why, happened.By, happened.At));
    }

    // Not the scoped endpoint: it may belong to a database's outbox, where a message waits for a commit that nobody here makes.
    private async Task Tell(LaneChanged change)
    {
        if (services.GetService<IBus>() is not { } bus)
            return;

        try
        {
            using var timeout = new CancellationTokenSource(limit, clock);
            await bus.Publish(change, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception failure)
        {
            logger.NotTold(change.Lane, failure.GetBaseException().GetType().Name);
        }
    }
}
