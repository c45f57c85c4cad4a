using MassTransit.Clients;
using MassTransit.DependencyInjection;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;

namespace Podcast.Outbox;

/// <summary>
/// Publishes and sends outside of consumers: messages become rows of the scope's context, with one <see cref="OutboxState"/> per
/// save. Without a context they go directly to the bus.
/// </summary>
internal sealed class ScopedOutbox(
    IBus bus,
    IClientFactory clientFactory,
    ScopedContexts contexts,
    IServiceProvider provider,
    InstanceId process,
    TimeProvider clock,
    ILogger<ScopedOutbox> logger)
    : ScopedBusContext, OutboxSendContext, IPublishEndpointProvider, ISendEndpointProvider, IDisposable
{
    private readonly Lock gate = new();
    private OutboxState? current;
    private int unsaved;
    private bool isInTransaction;

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
        var now = clock.GetUtcNow().UtcDateTime;
        var row = context.ToRow(now);
        lock (gate)
        {
            var dbContext = contexts.Single!;
            row.OutboxId = Outbox(dbContext, now).OutboxId;
            dbContext.Add(row);
            unsaved++;
        }

        return Task.CompletedTask;
    }

    /// <summary>Wakes the delivery if the last save was inside a transaction, which may have been committed since.</summary>
    public void Dispose()
    {
        if (isInTransaction)
            contexts.Wake();
        if (unsaved > 0)
            logger.NeverSaved(unsaved);
    }

    /// <summary>
    /// The outbox for the next message. After each save a new one is begun, because a saved outbox may already be delivered and
    /// removed.
    /// </summary>
    private OutboxState Outbox(DbContext dbContext, DateTime now)
    {
        if (current is not null && dbContext.Entry(current).State == EntityState.Added)
            return current;

        if (current is null)
            dbContext.SavedChanges += OnSaved;

        // Not a NewId: containers with the same link-local address can generate equal ones.
        current = new OutboxState { OutboxId = Guid.CreateVersion7(), LockId = process.Id, Created = now };
        dbContext.Add(current);
        return current;
    }

    private void OnSaved(object? sender, SavedChangesEventArgs saved)
    {
        unsaved = 0;
        isInTransaction = ((DbContext)sender!).Database.CurrentTransaction is not null;
        if (!isInTransaction)
            contexts.Wake();
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
    TimeProvider clock,
    ILogger<ScopedOutbox> logger)
    : IScopedBusContextProvider<IBus>, IDisposable
{
    public ScopedBusContext Context { get; } = (consumeContext.Value.HasContext, anyConsumeContext.HasContext) switch
    {
        (true, _) => new ConsumeContextScopedBusContext(consumeContext.Value.GetContext(), clientFactory.Value),
        (_, true) => new ConsumeContextScopedBusContext<IBus>(bus, anyConsumeContext.GetContext(), clientFactory.Value, provider),
        _ => new ScopedOutbox(bus, clientFactory.Value, contexts, provider, process, clock, logger),
    };

    public void Dispose() => (Context as IDisposable)?.Dispose();
}
