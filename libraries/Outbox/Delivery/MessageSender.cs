using MassTransit.Logging;
using MassTransit.Serialization;

namespace Podcast.Outbox;

/// <summary>Sends stored messages through the transport and waits for the confirmations of all of them together.</summary>
internal sealed class MessageSender(IBusControl bus, TimeProvider clock)
{
    /// <summary>True if no endpoint of the bus is connected.</summary>
    public bool IsAway => bus.CheckHealth().Status == BusHealthStatus.Unhealthy;

    /// <summary>
    /// Sends all messages. Messages of one parent to one destination are sent one after the other, the others concurrently. A
    /// failure of one does not stop the others, unless the broker is away or slow.
    /// </summary>
    /// <param name="messages">The messages in the order of sending.</param>
    /// <param name="timeout">The time limit of each send.</param>
    /// <param name="again">True for a message that may have been sent before.</param>
    /// <param name="cancellationToken">Cancels the sends; unsent messages count as transient failures.</param>
    /// <returns>The result of each message, in the same order.</returns>
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
            // Each send would wait for a connection, so one group is sent first to probe the broker. It is chosen at random,
            // because a fixed choice might always be a message that cannot be sent.
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
                // Otherwise every message would wait for the timeout of a broker that does not answer.
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
                    .WaitAsync(token.Token); // the call may never return: docs/decisions/0008
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
    /// RabbitMQ's basic.nack is reported as a <see cref="ConnectionException"/>: a full queue rejected the message, or the broker
    /// failed to store it. A returned message (no queue is bound) is reported as another exception and is not transient.
    /// </summary>
    private static bool IsForWantOfRoom(Exception exception) => exception is ConnectionException { IsTransient: true };
}

/// <summary>The result of sending one message.</summary>
/// <param name="Message">The message.</param>
/// <param name="Failure">Null if the broker has confirmed it.</param>
/// <param name="IsPassing">True if the failure is transient: the broker is away, slow or full, and the message itself may be
/// valid.</param>
internal readonly record struct Sent(OutboxMessage Message, Exception? Failure, bool IsPassing)
{
    public bool Succeeded => Failure is null;
}
