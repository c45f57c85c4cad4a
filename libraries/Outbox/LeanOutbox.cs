using System.Data;
using MassTransit.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podcast.SettingsBinding;

namespace Podcast.Outbox;

/// <summary>Registers the transactional outbox, which needs one transaction per consumed message.</summary>
public static class LeanOutbox
{
    /// <summary>
    /// Adds inbox and outbox on <typeparamref name="TDbContext"/>, which must be registered before with <c>AddDbContext</c> or
    /// <c>AddDbContextPool</c>, and whose model must include <see cref="OutboxModel.AddLeanOutboxEntities"/>. A receive endpoint
    /// uses it with <c>UseEntityFrameworkOutbox</c>, inside of its <c>UseMessageRetry</c>. Messages that are published outside of
    /// consumers, in a scope that uses the context, are sent after <c>SaveChanges</c>. Several contexts of one process may have an
    /// outbox each.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context is not registered yet, or not as scoped.</exception>
    public static void AddLeanOutbox<TDbContext>(this IBusRegistrationConfigurator bus, Action<LeanOutboxOptions>? configure = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.AddOptions<LeanOutboxOptions>(typeof(TDbContext).FullName).Configure(options => configure?.Invoke(options));
        bus.AddSettings<LeanOutboxOptions>("Outbox", typeof(TDbContext).FullName);
        bus.AddSettings<OutboxDeskOptions>("OutboxDesks");

        bus.TryAddSingleton(TimeProvider.System);
        bus.TryAddSingleton<InstanceId>();
        bus.TryAddSingleton<WriteGate>();
        bus.TryAddSingleton<MessageSender>();
        bus.TryAddSingleton<FailedCommandInterceptor>();
        bus.TryAddSingleton<TransactionEnds>();
        bus.TryAddScoped<ScopedContexts>();

        bus.AddSingleton<OutboxStore<TDbContext>>();
        bus.AddSingleton<DeliveryBacklog<TDbContext>>();
        bus.AddSingleton<SentMessageCleaner<TDbContext>>();
        bus.AddSingleton<Delivery<TDbContext>>();
        bus.AddSingleton<ConsumedDelivery<TDbContext>>();
        bus.AddSingleton<PublishedDelivery<TDbContext>>();
        bus.AddSingleton<DeadLetters<TDbContext>>();
        bus.AddSingleton<StartupReplay<TDbContext>>();
        bus.AddSingleton<InboxCleanup<TDbContext>>();
        bus.AddMetrics();
        bus.AddSingleton<OutboxFigures<TDbContext>>();
        bus.AddSingleton<IOutboxDesk, OutboxDesk<TDbContext>>();
        bus.TryAddSingleton<OutboxDesks>();
        bus.AddHttpClient(OutboxDesks.Client).RemoveAllLoggers();
        bus.AddHostedService<OutboxWorker<TDbContext>>();
        bus.ConfigureDbContext<TDbContext>(
            (provider, options) => options.AddInterceptors(
                provider.GetRequiredService<FailedCommandInterceptor>(), provider.GetRequiredService<TransactionEnds>()));
        bus.AddToScopedContexts<TDbContext>();

        // Registered before the package's own factory, which is added only if there is none.
        bus.AddScoped<IOutboxContextFactory<TDbContext>, LeanOutboxContextFactory<TDbContext>>();
        bus.AddEntityFrameworkOutbox<TDbContext>(outbox =>
        {
            outbox.IsolationLevel = IsolationLevel.ReadCommitted;
            outbox.LockStatementProvider = new DatabaseLocks();
            outbox.DisableInboxCleanupService();
            outbox.UseBusOutbox(busOutbox => busOutbox.DisableDeliveryService());
        });

        // Registered last, because the package adds its own provider.
        bus.ReplaceScoped<IScopedBusContextProvider<IBus>, ScopedOutboxProvider>();
    }
}
