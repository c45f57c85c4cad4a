namespace Podcast.Publishing.Publications;

internal sealed class PublicationSagaDefinition : SagaDefinition<Publication>
{
    public PublicationSagaDefinition() => EndpointName = "publication";

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<Publication> sagaConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(retry => retry.Intervals(20, 50, 100, 250, 500, 1000, 2000, 5000));
        endpointConfigurator.UseEntityFrameworkOutbox<PublishingDbContext>(context);
        var (clock, options) = (context.GetRequiredService<TimeProvider>(), context.GetRequiredService<IOptions<PublishingOptions>>());
        sagaConfigurator.UseExecute(x => x.GetOrAddPayload(() => new Delivery(clock.GetUtcMilliseconds(), options.Value)));
    }
}

/// <summary>What the activities share while the saga handles one event.</summary>
internal sealed record Delivery(DateTimeOffset Now, PublishingOptions Options);

internal static class CurrentDelivery
{
    extension(BehaviorContext<Publication> x)
    {
        public DateTimeOffset Now => x.GetPayload<Delivery>().Now;
        public PublishingOptions Options => x.GetPayload<Delivery>().Options;
    }
}
