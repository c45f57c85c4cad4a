using MassTransit;
using MassTransit.Context;

namespace Podcast.Hosting.Bus;

/// <summary>
/// Publishing that waits for the broker's confirmation, and comes to an end: RabbitMQ.Client may not end a call even when it is
/// cancelled, see docs/decisions/0008.
/// </summary>
public static class ConfirmedPublish
{
    /// <summary>How long the first try of <see cref="PublishUntilConfirmed"/> may take; each further one twice as long.</summary>
    private static readonly TimeSpan firstWait = TimeSpan.FromSeconds(30);

    /// <summary>Publishes once.</summary>
    /// <param name="bus">The bus itself: the scoped endpoint may belong to a database's outbox.</param>
    /// <param name="message">The event or command.</param>
    /// <param name="deadline">Ends the waiting. The message may be published all the same.</param>
    /// <param name="messageId">By which an inbox knows it; a new one if null.</param>
    /// <exception cref="OperationCanceledException">The broker has not confirmed before the deadline.</exception>
    public static Task PublishConfirmed(this IBus bus, object message, CancellationToken deadline, Guid? messageId = null) =>
        bus.Publish(message, message.GetType(), Identified(messageId), deadline).WaitAsync(deadline);

    /// <summary>Publishes from a consumer, again and again until the broker has confirmed one; an inbox takes only the first that arrives.</summary>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    public static async Task PublishUntilConfirmed(this ConsumeContext context, object message, TimeProvider clock)
    {
        var (id, endpoint) = (NewId.NextGuid(), new Detached(context));
        for (var wait = firstWait; ; wait *= 2)
        {
            try
            {
                await endpoint.Publish(message, message.GetType(), Identified(id), context.CancellationToken)
                    .WaitAsync(wait, clock, context.CancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                LogContext.Warning?.Log("{MessageType} {MessageId} is not confirmed within {Wait} and published again", message.GetType().Name, id, wait);
            }
        }
    }

    /// <summary>Whether nothing of the bus is connected.</summary>
    public static bool IsAway(this IBus bus) => bus is IBusControl control && control.CheckHealth().Status == BusHealthStatus.Unhealthy;

    private static IPipe<PublishContext> Identified(Guid? messageId) =>
        Pipe.Execute<PublishContext>(context => context.MessageId = messageId ?? context.MessageId);

    /// <summary>A consumer's context, but its delivery does not wait for calls that the consumer gave up.</summary>
    private sealed class Detached(ConsumeContext context) : ConsumeContextProxy(context)
    {
        public override void AddConsumeTask(Task task)
        {
        }
    }
}
