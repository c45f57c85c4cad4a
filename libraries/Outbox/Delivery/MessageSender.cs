using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using MassTransit.Logging;
using MassTransit.Serialization;

namespace Podcast.Outbox;

/// <summary>Hands stored messages to the transport and waits for its confirmations, of all of them together.</summary>
internal sealed class MessageSender(IBusControl bus, TimeProvider clock)
{
    /// <summary>True when nothing of the bus is connected.</summary>
    public bool IsAway => bus.CheckHealth().Status == BusHealthStatus.Unhealthy;

    /// <summary>
    /// Sends all. Messages of one origin to one destination go one after the other, everything else at the same time; one that fails
    /// does not hold up the others.
    /// </summary>
    /// <param name="messages">In the order of sending.</param>
    /// <param name="timeout">Of each send.</param>
    /// <param name="again">True for a message that may have been sent before.</param>
    /// <param name="cancellationToken">Ends it; what is not sent then is a passing failure.</param>
    /// <returns>What became of each, in the order given.</returns>
    public async Task<IReadOnlyList<Sent>> Send(
        IReadOnlyList<OutboxMessage> messages, TimeSpan timeout, Func<OutboxMessage, bool> again, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return [];
        if (messages.Count == 1)
            return [await Send(messages[0], timeout, again(messages[0]), cancellationToken)];

        var results = new Sent[messages.Count];
        var queues = messages
            .Select((message, index) => (Message: message, Index: index))
            .GroupBy(x => (x.Message.OutboxId, x.Message.InboxMessageId, x.Message.InboxConsumerId, x.Message.DestinationAddress))
            .ToList();
        if (IsAway)
        {
            // Each would ask for a connection of its own: one feels its way. Any, as one may be what cannot be sent.
            var scout = queues[Random.Shared.Next(queues.Count)];
            queues.Remove(scout);
            await InOrder(scout);
            if (results[scout.First().Index] is { IsPassing: true } away)
                return [.. messages.Select(message => away with { Message = message })];
        }

        await Task.WhenAll(queues.Select(InOrder));
        return results;

        async Task InOrder(IEnumerable<(OutboxMessage Message, int Index)> queue)
        {
            Sent? stuck = null;
            foreach (var (message, index) in queue)
            {
                // A broker that does not answer would cost the time-out once per message.
                results[index] = stuck is null ? await Send(message, timeout, again(message), cancellationToken) : stuck.Value with { Message = message };
                if (results[index].IsPassing)
                    stuck = results[index];
            }
        }
    }

    private async Task<Sent> Send(OutboxMessage row, TimeSpan timeout, bool again, CancellationToken cancellationToken)
    {
        try
        {
            var destination = row.DestinationAddress ?? throw new InvalidOperationException("The message has no destination address");
            using var limit = new CancellationTokenSource(timeout, clock);
            using var token = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);

            var pipe = new StoredMessagePipe(row, clock.GetUtcNow().UtcDateTime, again);
            var activity = LogContext.Current?.StartOutboxDeliverActivity(row);
            var instrument = LogContext.Current?.StartOutboxDeliveryInstrument(row);
            try
            {
                var endpoint = await bus.GetSendEndpoint(destination).WaitAsync(token.Token);
                await endpoint.Send(new SerializedMessageBody(), pipe, token.Token)
                    .WaitAsync(token.Token); // the call may hang: docs/decisions/0008
            }
            catch (Exception exception)
            {
                activity?.AddExceptionEvent(exception);
                instrument?.AddException(exception);
                throw;
            }
            finally
            {
                activity?.Stop();
                instrument?.Stop();
            }

            return new Sent(row, null, false);
        }
        catch (Exception exception)
        {
            return new Sent(row, exception, IsAway || IsForWantOfRoom(exception) || exception is OperationCanceledException);
        }
    }

    /// <summary>
    /// RabbitMQ's basic.nack comes as a <see cref="ConnectionException"/>: a full queue refuses, or the broker failed at it. A message that it
    /// returns, because no queue is bound, comes as another one: that does not pass by itself.
    /// </summary>
    private static bool IsForWantOfRoom(Exception exception) => exception is ConnectionException { IsTransient: true };
}

/// <summary>What became of a message.</summary>
/// <param name="Message">The message.</param>
/// <param name="Failure">Null when the broker has it.</param>
/// <param name="IsPassing">True when the broker is away, slow or full, and the message itself may be fine.</param>
internal readonly record struct Sent(OutboxMessage Message, Exception? Failure, bool IsPassing)
{
    public bool Succeeded => Failure is null;
}
