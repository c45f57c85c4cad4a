using MassTransit.Configuration;
using MassTransit.Middleware;
using MassTransit.RabbitMqTransport.Configuration;

namespace Podcast.Hosting.Bus;

/// <summary>
/// Settings that all receive endpoints share. A consumer's definition sets its default concurrency with
/// <c>Endpoint(endpoint => …)</c>, which runs before this callback, so that <see cref="BusOptions"/> take precedence.
/// (<c>ConcurrentMessageLimit</c> of the definition itself would add a second limit inside the endpoint's.)
/// </summary>
internal static class EndpointPolicy
{
    /// <summary>The exchange to which a failed message was published originally; see <see cref="PlainJson"/>.</summary>
    public const string ExchangeHeader = "Podcast-Exchange";

    // RabbitMQ's default since 4.0, stated explicitly: RabbitMQ refuses to redeclare a queue with other arguments, so a change
    // needs a new queue.
    private const int DeliveryLimit = 20;

    public static void Apply(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value.For(name);
        if (options.ConcurrentMessageLimit is { } limit)
            endpoint.ConcurrentMessageLimit = endpoint.PrefetchCount = limit;
        if (options.PrefetchCount is { } prefetch)
            endpoint.PrefetchCount = prefetch;

        // A prefetched message that waits in memory would be counted as delivered if the process died: see CrashSuspects.
        if (endpoint is IEndpointConfiguration { Transport: var transport })
            endpoint.PrefetchCount = Math.Min(transport.PrefetchCount, transport.GetConcurrentMessageLimit());
        endpoint.ConfigureReceive(receive => receive.UseFilter(context.GetRequiredService<CrashSuspects>()));

        // RabbitMQ does not allow temporary queues to be quorum queues.
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbitMq
            and IRabbitMqReceiveEndpointConfiguration { Settings: { Durable: true, AutoDelete: false } })
            KeepEveryMessage(name, rabbitMq);
    }

    /// <summary>
    /// Makes the queue a quorum queue, which survives the loss of a node. After the delivery limit the broker moves a message
    /// that keeps crashing its consumers to the error queue, at least once. <see cref="CrashSuspects"/> keeps other messages from
    /// reaching the limit.
    /// </summary>
    private static void KeepEveryMessage(string name, IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.SetQueueArgument("x-overflow", "reject-publish"); // required by at-least-once; the queue has no length limit
        endpoint.BindDeadLetterQueue($"{name}_error", $"{name}_error", KeepForPeople);

        endpoint.ConfigureError(error =>
        {
            error.UseExecute(context =>
            {
                if (context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery) && delivery.Exchange.Length > 0)
                    context.ExceptionHeaders.Set(ExchangeHeader, delivery.Exchange);
            });
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ErrorTransportFilter());
        });
    }

    /// <summary>
    /// Makes error and skipped queues quorum queues with a very high delivery limit: an operator who looks at a message and
    /// requeues it causes a failed delivery, and at the limit the broker would drop the message.
    /// </summary>
    public static void KeepForPeople(IRabbitMqQueueBindingConfigurator queue)
    {
        if (queue is not QueueBindingConfigurator { Durable: true, AutoDelete: false })
            return;

        queue.SetQuorumQueue();
        queue.SetQueueArgument("x-delivery-limit", 1_000_000);
        foreach (var argument in (string[])["x-dead-letter-exchange", "x-dead-letter-strategy", "x-overflow"])
            queue.SetQueueArgument(argument, (object?)null);
    }
}
