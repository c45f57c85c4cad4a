using MassTransit;
using Podcast.Contracts;

namespace Podcast.Orchestrator.Timers;

/// <summary>Hears that a provider's lane opened, so that the sweep wakes who waits for it.</summary>
internal sealed class LaneChangedConsumer(LaneWaits waits) : IConsumer<LaneChanged>
{
    public Task Consume(ConsumeContext<LaneChanged> context)
    {
        waits.Heard(context.Message.State);
        return Task.CompletedTask;
    }
}
