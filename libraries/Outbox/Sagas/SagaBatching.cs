using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Podcast.Outbox;

/// <summary>
/// Lets a saga handle the messages that wait for it together, in one transaction: one insert for the inbox, one load with locks, one
/// save, one commit. A message that fails is taken out, and the others are handled again without it.
/// </summary>
public static class SagaBatching
{
    /// <summary>
    /// Replaces the repository of <typeparamref name="TSaga"/>. Call it after <c>EntityFrameworkRepository</c>, whose context must be
    /// <typeparamref name="TDbContext"/>, and after <see cref="LeanOutbox.AddLeanOutbox{TDbContext}"/>. All events must correlate by
    /// id, and none may be read-only; its endpoint needs <see cref="UseSagaBatches{TDbContext}"/>.
    /// </summary>
    /// <param name="services">The registration.</param>
    /// <param name="patience">How long each kind of message may wait for others; those that are not named begin a batch at once.</param>
    public static void AddSagaBatches<TDbContext, TSaga>(
        this IServiceCollection services, IReadOnlyDictionary<Type, TimeSpan>? patience = null)
        where TDbContext : DbContext
        where TSaga : class, ISaga
    {
        services.AddSingleton(new SagaPatience<TSaga>(patience ?? new Dictionary<Type, TimeSpan>()));
        services.AddSingleton<SagaBatches<TDbContext, TSaga>>();
        services.TryAddScoped<IOutboxContextFactory<BatchedOutbox<TDbContext>>, BatchedOutbox<TDbContext>>();
        services.Replace(ServiceDescriptor.Scoped<ISagaRepositoryContextFactory<TSaga>, BatchedSagaContextFactory<TDbContext, TSaga>>());
    }

    /// <summary>Takes the place of <c>UseEntityFrameworkOutbox</c> on the saga's endpoint, inside of its <c>UseMessageRetry</c>.</summary>
    public static void UseSagaBatches<TDbContext>(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.ConnectSagaConfigurationObserver(
            new OutboxConsumePipeSpecificationObserver<BatchedOutbox<TDbContext>>(endpoint, context));
    }
}

/// <summary>How long each kind of message may wait for others.</summary>
internal sealed record SagaPatience<TSaga>(IReadOnlyDictionary<Type, TimeSpan> Of);
