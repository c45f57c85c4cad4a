using MassTransit.Configuration;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>A queue with 12 retries at gaps from 50 ms to 30 s, for conflicts with other deliveries.</summary>
internal sealed class ReadModelDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(50);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // Around each message: one that failed in a batch is delivered again in a batch of its own. The endpoint's
        // UseMessageRetry would try the same batch again, and move all of it to the error queue.
        new EachMessage<EpisodeChanged>(endpointConfigurator).UseMessageRetry(Conflicts);
        new EachMessage<TranscriptCollected>(endpointConfigurator).UseMessageRetry(Conflicts);
        new EachMessage<PublicationChanged>(endpointConfigurator).UseMessageRetry(Conflicts);
        new EachMessage<QuotaSpent>(endpointConfigurator).UseMessageRetry(Conflicts);
        endpointConfigurator.UseRetries(retry => retry.None()); // only while the database is away
    }

    private static void Conflicts(IRetryConfigurator retry) =>
        retry.Exponential(12, shortest, TimeSpan.FromSeconds(30), shortest);

    /// <summary>The pipe of an endpoint's messages before they are collected in batches.</summary>
    private sealed class EachMessage<TMessage>(IConsumePipeConfigurator endpoint) : IPipeConfigurator<ConsumeContext<TMessage>>
        where TMessage : class
    {
        public void AddPipeSpecification(IPipeSpecification<ConsumeContext<TMessage>> specification) =>
            endpoint.AddPipeSpecification(specification);
    }
}
