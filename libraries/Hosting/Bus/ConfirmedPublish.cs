using MassTransit.Context;

namespace Podcast.Hosting.Bus;

/// <summary>
/// Publishes and waits for the broker's confirmation, with a time limit. At the limit the wait ends, and the call is left alone:
/// RabbitMQ.Client loses another publish's confirmation when it cancels one (docs/decisions/0008).
/// </summary>
public static class ConfirmedPublish
{
    /// <summary>The time limit of the first of repeated attempts; it doubles with every further one.</summary>
    private static readonly TimeSpan firstWait = TimeSpan.FromSeconds(30);

    /// <summary>Publishes once and waits for the confirmation.</summary>
    /// <param name="bus">The bus itself, because the scoped publish endpoint may write to an outbox.</param>
    /// <param name="message">The event or command.</param>
    /// <param name="deadline">Ends the wait. The message may be published nevertheless.</param>
    /// <param name="messageId">The id by which an inbox detects duplicates; null means a new one.</param>
    /// <exception cref="OperationCanceledException">The broker did not confirm before the deadline.</exception>
    public static async Task PublishConfirmed(this IBus bus, object message, CancellationToken deadline, Guid? messageId = null)
    {
        var call = new CancellationTokenSource();
        try
        {
            await bus.Publish(message, message.GetType(), Identified(messageId), call.Token).WaitAsync(deadline);
        }
        catch when (bus.IsAway())
        {
            await call.CancelAsync(); // it waits for a connection, and the calls would pile up until there is one
            throw;
        }
    }

    /// <summary>
    /// Publishes from a consumer and repeats until the broker confirms. All attempts have the same message id, so an inbox takes
    /// only the first that arrives.
    /// </summary>
    /// <exception cref="OperationCanceledException">The process is stopping.</exception>
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
                LogContext.Warning?.Log(
                    "{MessageType} {MessageId} is not confirmed within {Wait} and published again", message.GetType().Name, id, wait);
            }
        }
    }

    /// <summary>True if no endpoint of the bus is connected.</summary>
    public static bool IsAway(this IBus bus) => bus is IBusControl control && control.CheckHealth().Status == BusHealthStatus.Unhealthy;

    private static IPipe<PublishContext> Identified(Guid? messageId) =>
        Pipe.Execute<PublishContext>(context => context.MessageId = messageId ?? context.MessageId);

    /// <summary>A consumer's context whose delivery does not wait for publish calls that were abandoned.</summary>
    private sealed class Detached(ConsumeContext context) : ConsumeContextProxy(context)
    {
        public override void AddConsumeTask(Task task)
        {
        }
    }
}
