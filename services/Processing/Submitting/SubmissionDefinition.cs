namespace Podcast.Processing.Submitting;

/// <summary>
/// One queue per kind of task, so that a backlog of one does not delay the others, with a single active consumer, since
/// <see cref="KeyedLock"/> serializes copies of a command only within a process (docs/decisions/0004). A retry looks for the task
/// before it creates one, so retries are safe. An error that remains is a bug: the message goes to the error queue, its fault to
/// the orchestrator.
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
