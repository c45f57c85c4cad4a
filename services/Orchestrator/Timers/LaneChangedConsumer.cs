namespace Podcast.Orchestrator.Timers;

/// <summary>Stores that a provider's lane opened or was paused, for the sweeps of all instances.</summary>
internal sealed class LaneChangedConsumer(LaneWakeUps openings) : IConsumer<LaneChanged>
{
    public Task Consume(ConsumeContext<LaneChanged> context) => openings.Heard(context.Message, context.CancellationToken);
}
