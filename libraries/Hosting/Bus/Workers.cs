using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Hosting.Bus;

/// <summary>Consumers with nothing special but how much they do at once and how often they try again.</summary>
public static class Workers
{
    /// <summary>
    /// Adds a consumer with a queue of its own, which is named after it: <c>CheckTaskConsumer</c> has <c>check-task</c>, and is set by
    /// <c>Bus__Endpoints__CheckTask</c>.
    /// </summary>
    /// <param name="bus">Of the service.</param>
    /// <param name="retry">How a delivery that failed is tried again; a database that is away is waited for beside that.</param>
    /// <param name="atOnce">Messages worked on at once unless the settings say otherwise; null: as many as for all endpoints.</param>
    public static void AddWorker<TConsumer>(this IBusRegistrationConfigurator bus, Action<IRetryConfigurator> retry, int? atOnce = null)
        where TConsumer : class, IConsumer
    {
        bus.AddSingleton(new WorkerPolicy<TConsumer>(retry, atOnce));
        bus.AddConsumer<TConsumer, WorkerDefinition<TConsumer>>();
    }
}

internal sealed record WorkerPolicy<TConsumer>(Action<IRetryConfigurator> Retry, int? AtOnce);

internal sealed class WorkerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private readonly WorkerPolicy<TConsumer> policy;

    public WorkerDefinition(WorkerPolicy<TConsumer> policy)
    {
        this.policy = policy;
        Endpoint(endpoint => endpoint.ConcurrentMessageLimit = policy.AtOnce);
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseRetries(policy.Retry);
}
