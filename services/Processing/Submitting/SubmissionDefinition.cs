using MassTransit;
using Podcast.Hosting.Bus;

namespace Podcast.Processing.Submitting;

/// <summary>
/// One queue per kind of task, so that a heap of one does not keep the others waiting; of several processes one at a time has it, since
/// copies of an order can take <see cref="KeyedLock"/> only within a process (docs/decisions/0004). A retry looks before it makes, so a second
/// and third try are safe; what fails then is a bug and goes to the error queue, and its fault to the orchestrator.
/// </summary>
internal sealed class SubmissionDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private readonly DeliveryLeases leases;

    public SubmissionDefinition(DeliveryLeases leases)
    {
        this.leases = leases;
        Endpoint(endpoint => endpoint.ConcurrentMessageLimit = 8);
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.ConnectReceiveEndpointObserver(leases);
        endpointConfigurator.UseRetries(retry => retry.Intervals(500, 2000));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbitMq)
            rabbitMq.SingleActiveConsumer = true;
    }
}
