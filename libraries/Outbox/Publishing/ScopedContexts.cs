using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Podcast.Outbox;

/// <summary>
/// The contexts with an outbox that this scope has created. A process may have several; a message that is published outside of a
/// consumer belongs to the context on which <c>SaveChanges</c> will be called.
/// </summary>
internal sealed class ScopedContexts
{
    private readonly Dictionary<Type, (DbContext, PublishedOutboxes)> contexts = [];

    /// <summary>The only context of the scope; null if the scope uses none: the message is then sent without an outbox.</summary>
    /// <exception cref="InvalidOperationException">The scope uses several contexts, so the message cannot be assigned to
    /// one.</exception>
    public (DbContext Context, PublishedOutboxes Outboxes)? Single => contexts.Count switch
    {
        0 => null,
        1 => contexts.Values.First(),
        _ => throw new InvalidOperationException(
            $"This scope uses {string.Join(" and ", contexts.Keys.Select(type => type.Name))}: publish in a scope that uses one of them"),
    };

    public void Add<TDbContext>(TDbContext context, PublishedOutboxes outboxes)
        where TDbContext : DbContext =>
        contexts.TryAdd(typeof(TDbContext), (context, outboxes));
}

internal static class ScopedContextsExtensions
{
    /// <summary>
    /// Adds each <typeparamref name="TDbContext"/> that a scope creates to its <see cref="ScopedContexts"/>. The options of the
    /// context cannot do it, because they are usually made once for all scopes.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context is not registered yet, or not as scoped.</exception>
    public static void AddToScopedContexts<TDbContext>(this IServiceCollection services)
        where TDbContext : DbContext
    {
        var registered = services.LastOrDefault(service => service.ServiceType == typeof(TDbContext) && !service.IsKeyedService);
        if (registered is not { Lifetime: ServiceLifetime.Scoped })
        {
            throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} must be registered with AddDbContext or AddDbContextPool, before AddLeanOutbox");
        }

        var constructor = registered.ImplementationType is { } type ? ActivatorUtilities.CreateFactory(type, []) : null;
        services.Replace(ServiceDescriptor.Scoped(Create));

        TDbContext Create(IServiceProvider provider)
        {
            var context = (TDbContext)(constructor?.Invoke(provider, []) ?? registered.ImplementationFactory!(provider));
            provider.GetRequiredService<ScopedContexts>()
                .Add(context, provider.GetRequiredService<DeliveryBacklog<TDbContext>>().Published);
            return context;
        }
    }
}
