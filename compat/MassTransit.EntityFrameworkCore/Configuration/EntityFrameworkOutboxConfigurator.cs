using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace MassTransit.Configuration;

/// <summary>
/// The package registers its consumer outbox, delivery and clean-up here. The stand-in has none of these: another implementation
/// must be registered before. Settings that it does not cover cause an exception instead of being ignored.
/// </summary>
internal sealed class EntityFrameworkOutboxConfigurator<TDbContext>(IBusRegistrationConfigurator services)
    : IEntityFrameworkOutboxConfigurator, IEntityFrameworkBusOutboxConfigurator
    where TDbContext : DbContext
{
    private bool cleansInbox = true;
    private bool delivers;

    public TimeSpan DuplicateDetectionWindow { get; set; } = TimeSpan.FromMinutes(30);

    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.RepeatableRead;

    public ILockStatementProvider? LockStatementProvider { get; set; }

    ILockStatementProvider IEntityFrameworkOutboxConfigurator.LockStatementProvider
    {
        set => LockStatementProvider = value ?? throw new ConfigurationException("LockStatementProvider must not be null");
    }

    public TimeSpan QueryDelay { get; set; } = TimeSpan.FromSeconds(10);

    public int QueryMessageLimit { get; set; } = 100;

    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public int MessageDeliveryLimit { get; set; } = 100;

    public TimeSpan MessageDeliveryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public void DisableInboxCleanupService() => cleansInbox = false;

    public void DisableDeliveryService() => delivers = false;

    public void UseBusOutbox(Action<IEntityFrameworkBusOutboxConfigurator>? configure = null)
    {
        delivers = true;
        configure?.Invoke(this);
    }

    public void Register()
    {
        if (services.All(service => service.ServiceType != typeof(IOutboxContextFactory<TDbContext>)))
            throw Missing($"an IOutboxContextFactory<{typeof(TDbContext).Name}> registered before");
        if (cleansInbox)
            throw Missing("DisableInboxCleanupService()");
        if (delivers)
            throw Missing("DisableDeliveryService()");

        services.AddOptions<EntityFrameworkOutboxOptions<TDbContext>>().Configure(options =>
        {
            options.IsolationLevel = IsolationLevel;
            options.LockStatementProvider = LockStatementProvider;
        });
    }

    private static ConfigurationException Missing(string what) =>
        new($"The stand-in for MassTransit.EntityFrameworkCore has no outbox of its own and needs {what}; see compat/README.md");
}
