using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Bus;

namespace Podcast.Processing.Media;

/// <summary>A nicety has a queue of its own, and no retries but those inside.</summary>
internal sealed class DescribeMediaDefinition : ConsumerDefinition<DescribeMediaConsumer>
{
    public DescribeMediaDefinition(IOptions<ProcessingOptions> options)
    {
        EndpointName = "describe-media";
        ConcurrentMessageLimit = options.Value.ConcurrentDescriptions;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DescribeMediaConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseRetries(retry => retry.None());
}
