using MassTransit.Clients;
using MassTransit.DependencyInjection;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;

namespace Podcast.Outbox;

/// <summary>
/// Publishes and sends outside of consumers: messages become rows of the scope's context. Without a context they go directly to
/// the bus.
/// </summary>
internal sealed class ScopedOutbox(
    IBus bus,
    IClientFactory clientFactory,
    ScopedContexts contexts,
    IServiceProvider provider,
    InstanceId process,
    TransactionEnds ends,
    TimeProvider clock,
    ILogger<ScopedOutbox> logger)
    : ScopedBusContext, OutboxSendContext, IPublishEndpointProvider, ISendEndpointProvider, IDisposable
{
    private readonly Lock gate = new();
    private ContextOutbox? outbox;

    public ISendEndpointProvider SendEndpointProvider => this;

    public IPublishEndpoint PublishEndpoint => new PublishEndpoint(this);

    public IScopedClientFactory ClientFactory { get; } =
        new ScopedClientFactory(new ClientFactory(new ScopedClientFactoryContext(clientFactory, provider)), null);

    public Task<ISendEndpoint> GetPublishSendEndpoint<T>()
        where T : class
    {
        IPublishEndpointProvider publisher = contexts.Single is null
            ? new ScopedPublishEndpointProvider(bus, provider)
            : new OutboxPublishEndpointProvider(this, bus);
        return publisher.GetPublishSendEndpoint<T>();
    }

    public Task<ISendEndpoint> GetSendEndpoint(Uri address)
    {
        ISendEndpointProvider sender = contexts.Single is null
            ? new ScopedSendEndpointProvider(bus, provider)
            : new OutboxSendEndpointProvider(this, bus);
        return sender.GetSendEndpoint(address);
    }

    public ConnectHandle ConnectPublishObserver(IPublishObserver observer) => bus.ConnectPublishObserver(observer);

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => bus.ConnectSendObserver(observer);

    public object? GetService(Type serviceType) => provider.GetService(serviceType);

    public Task AddSend<T>(SendContext<T> context)
        where T : class
    {
        var row = context.ToRow(clock.GetUtcNow().UtcDateTime);
        lock (gate)
        {
            var (dbContext, outboxes) = contexts.Single!.Value;
            outbox ??= new ContextOutbox(dbContext, outboxes, ends, process.Id);
        }

        outbox.Add(row);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (outbox is { Unsaved: > 0 })
            logger.NeverSaved(outbox.Unsaved);
        outbox?.Dispose();
    }
}

/// <summary>Provides the consumer's context inside of a consumer, and the scope's outbox elsewhere.</summary>
internal sealed class ScopedOutboxProvider(
    IBus bus,
    Bind<IBus, IClientFactory> clientFactory,
    Bind<IBus, IScopedConsumeContextProvider> consumeContext,
    IScopedConsumeContextProvider anyConsumeContext,
    ScopedContexts contexts,
    IServiceProvider provider,
    InstanceId process,
    TransactionEnds ends,
    TimeProvider clock,
    ILogger<ScopedOutbox> logger)
    : IScopedBusContextProvider<IBus>, IDisposable
{
    public ScopedBusContext Context { get; } = (consumeContext.Value.HasContext, anyConsumeContext.HasContext) switch
    {
        (true, _) => new ConsumeContextScopedBusContext(consumeContext.Value.GetContext(), clientFactory.Value),
        (_, true) => new ConsumeContextScopedBusContext<IBus>(bus, anyConsumeContext.GetContext(), clientFactory.Value, provider),
        _ => new ScopedOutbox(bus, clientFactory.Value, contexts, provider, process, ends, clock, logger),
    };

    public void Dispose() => (Context as IDisposable)?.Dispose();
}
