namespace Podcast.Orchestrator.Timers;

internal sealed class LaneChangedConsumerDefinition : ConsumerDefinition<LaneChangedConsumer>
{
    public LaneChangedConsumerDefinition() => EndpointName = "lane-changed";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<LaneChangedConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.UseRetries(retry => retry.Intervals(50, 1000, 5000));
}
