using MassTransit;
using Podcast.Contracts;

namespace Podcast.Orchestrator.Timers;

/// <summary>Hears that a provider's lane opened or was paused, so that the sweeps of all instances wake who waits for it, or do not.</summary>
internal sealed class LaneChangedConsumer(LaneWakeUps openings) : IConsumer<LaneChanged>
{
    public Task Consume(ConsumeContext<LaneChanged> context) => openings.Heard(context.Message, context.CancellationToken);
}
