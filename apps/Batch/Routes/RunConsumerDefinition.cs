namespace Podcast.Batch.Routes;

/// <summary>
/// Makes the run's temporary queue durable, because newer RabbitMQ versions refuse transient queues and the queue must survive a
/// lost connection. The queue is deleted at the end of the run.
/// </summary>
internal sealed class RunConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbitMq)
            rabbitMq.Durable = true;
    }
}
