using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Bus;

namespace Podcast.Processing.Checking;

/// <summary>Checks have a queue of their own: a heap of them keeps no new task waiting.</summary>
internal sealed class CheckTaskDefinition : ConsumerDefinition<CheckTaskConsumer>
{
    public CheckTaskDefinition(IOptions<ProcessingOptions> options)
    {
        EndpointName = "check-task";
        ConcurrentMessageLimit = options.Value.ConcurrentChecks;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CheckTaskConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.UseRetries(retry => retry.Intervals(500, 2000));
}
