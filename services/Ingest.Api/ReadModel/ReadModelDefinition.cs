namespace Podcast.Ingest.Api.ReadModel;

/// <summary>A queue with 12 retries at gaps from 50 ms to 30 s, for conflicts with other deliveries.</summary>
internal sealed class ReadModelDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(50);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.UseRetries(retry => retry.Exponential(12, shortest, TimeSpan.FromSeconds(30), shortest));
}
