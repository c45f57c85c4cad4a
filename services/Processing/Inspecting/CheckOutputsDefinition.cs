using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Bus;

namespace Podcast.Processing.Inspecting;

/// <summary>Few at once: every look costs some requests, to Ittybit and to the server of its outputs.</summary>
internal sealed class CheckOutputsDefinition : ConsumerDefinition<CheckOutputsConsumer>
{
    public CheckOutputsDefinition(IOptions<InspectionOptions> options)
    {
        EndpointName = "check-outputs";
        ConcurrentMessageLimit = options.Value.ConcurrentInspections;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CheckOutputsConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.UseRetries(retry => retry.Intervals(500, 2000));
}
