using MassTransit.DependencyInjection;

namespace Podcast.Outbox;

/// <summary>Provides the consumer's context inside of a consumer, and the scope's outbox elsewhere.</summary>
internal sealed class ScopedOutboxProvider : IScopedBusContextProvider<IBus>, IDisposable
{
    public ScopedOutboxProvider(
        IBus bus,
        Bind<IBus, IClientFactory> clientFactory,
        Bind<IBus, IScopedConsumeContextProvider> consumeContext,
        IScopedConsumeContextProvider anyConsumeContext,
        ScopedContexts contexts,
        IServiceProvider provider,
        InstanceId process,
        TimeProvider clock,
        ILogger<ScopedOutbox> logger)
    {
        Context = (consumeContext.Value.HasContext, anyConsumeContext.HasContext) switch
        {
            (true, _) => new ConsumeContextScopedBusContext(consumeContext.Value.GetContext(), clientFactory.Value),
            (_, true) => new ConsumeContextScopedBusContext<IBus>(bus, anyConsumeContext.GetContext(), clientFactory.Value, provider),
            _ => new ScopedOutbox(bus, clientFactory.Value, contexts, provider, process, clock, logger),
        };
    }

    public ScopedBusContext Context { get; }

    public void Dispose() => (Context as IDisposable)?.Dispose();
}
