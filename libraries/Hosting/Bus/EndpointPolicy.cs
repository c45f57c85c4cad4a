using MassTransit;
using MassTransit.Configuration;
using MassTransit.Middleware;
using MassTransit.RabbitMqTransport.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Podcast.Hosting.Bus;

/// <summary>
/// What all endpoints have in common. A consumer's definition that wants another concurrency says so with <c>Endpoint(endpoint => …)</c>:
/// that comes before this, so that the options have the last word. (<c>ConcurrentMessageLimit</c> of the definition itself is a second
/// limit, within the endpoint's.)
/// </summary>
internal static class EndpointPolicy
{
    /// <summary>The exchange that a failed message was published to; see <see cref="PlainJson"/>.</summary>
    public const string ExchangeHeader = "Podcast-Exchange";

    // The broker's own default since 4.0. Fixed here: an argument that differs from the queue's is refused, so a change needs a new queue.
    private const int DeliveryLimit = 20;

    public static void Apply(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value.For(name);
        if (options.ConcurrentMessageLimit is { } limit)
            endpoint.ConcurrentMessageLimit = endpoint.PrefetchCount = limit;
        if (options.PrefetchCount is { } prefetch)
            endpoint.PrefetchCount = prefetch;

        // What only lies here would be counted as delivered if the process died, without ever having had its turn: see CrashSuspects.
        if (endpoint is IEndpointConfiguration { Transport: var transport })
            endpoint.PrefetchCount = Math.Min(transport.PrefetchCount, transport.GetConcurrentMessageLimit());
        endpoint.ConfigureReceive(receive => receive.UseFilter(context.GetRequiredService<CrashSuspects>()));

        // A queue that goes with its process can be no quorum queue.
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbitMq
            and IRabbitMqReceiveEndpointConfiguration { Settings: { Durable: true, AutoDelete: false } })
            KeepEveryMessage(name, rabbitMq);
    }

    /// <summary>
    /// Quorum queues survive the loss of a node. They give a message up that kills its consumers again and again: it goes to the error
    /// queue too, and only leaves here once it is there. Those that were only near it are spared by <see cref="CrashSuspects"/>.
    /// </summary>
    private static void KeepEveryMessage(string name, IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.SetQueueArgument("x-overflow", "reject-publish"); // at-least-once asks for it; there is no length limit
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
    /// Error and skipped queues are quorum queues as well, without an end: whoever looks at a message and puts it back counts as a failed
    /// delivery, and the broker would drop it one day.
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
