using MassTransit;

namespace Podcast.Batch.Routes;

/// <summary>The queue goes with the run that reads it. It is durable all the same: newer brokers refuse others, and so it is found after a lost connection.</summary>
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
