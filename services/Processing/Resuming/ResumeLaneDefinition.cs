using MassTransit;
using Podcast.Hosting.Bus;

namespace Podcast.Processing.Resuming;

internal sealed class ResumeLaneDefinition : ConsumerDefinition<ResumeLaneConsumer>
{
    public ResumeLaneDefinition() => EndpointName = "resume-lane";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ResumeLaneConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.UseRetries(retry => retry.Intervals(500, 2000));
}
