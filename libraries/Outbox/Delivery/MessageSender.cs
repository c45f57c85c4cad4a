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
        if (messages.Count <= 1)
            return messages.Count == 0 ? [] : [await Send(messages[0], timeout, again(messages[0]), cancellationToken)];

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
                results[index] = stuck is { } before
                    ? before with { Message = message }
                    : await Send(message, timeout, again(message), cancellationToken);
                if (results[index].IsPassing)
                    stuck = results[index];
            }
        }
    }

    private async Task<Sent> Send(OutboxMessage row, TimeSpan timeout, bool again, CancellationToken cancellationToken)
    {
        var call = new CancellationTokenSource(); // does not follow the time limit: docs/decisions/0008
        try
        {
            var destination = row.DestinationAddress ?? throw new InvalidOperationException("The message has no destination address");
            using var limit = new CancellationTokenSource(timeout, clock);
            using var token = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);

            row.Deserialize(SystemTextJsonMessageSerializer.Instance); // the activity continues the trace in the headers
            var pipe = new StoredMessagePipe(row, clock.GetUtcNow().UtcDateTime, again);
            var activity = LogContext.Current?.StartOutboxDeliverActivity(row);
            var instrument = LogContext.Current?.StartOutboxDeliveryInstrument(row);
            try
            {
                var endpoint = await bus.GetSendEndpoint(destination).WaitAsync(token.Token);
                await endpoint.Send(new SerializedMessageBody(), pipe, call.Token).WaitAsync(token.Token);
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
            var isAway = IsAway;
            if (isAway)
                await call.CancelAsync(); // it waits for a connection, and the calls would pile up until there is one

            // A transient ConnectionException is RabbitMQ's basic.nack: a full queue rejected the message, or the broker failed
            // to store it. For a returned message (no queue is bound) there is another exception.
            return new Sent(
                row, exception, isAway || exception is ConnectionException { IsTransient: true } or OperationCanceledException);
        }
    }
}

/// <summary>The result of sending one message.</summary>
/// <param name="Message">The message.</param>
/// <param name="Failure">Null if the broker has confirmed it.</param>
/// <param name="IsPassing">True if the failure is transient: the broker is away, slow or full, and the message itself may be
/// valid.</param>
internal readonly record struct Sent(OutboxMessage Message, Exception? Failure, bool IsPassing)
{
    public bool Succeeded => Failure is null;

    /// <summary>True if the message itself cannot be sent.</summary>
    public bool IsRefused => !Succeeded && !IsPassing;
}

/// <summary>The result of sending one batch of a table.</summary>
/// <param name="IsFull">True if the batch was full, so that there may be more rows.</param>
/// <param name="Sent">The number of messages that the broker has confirmed.</param>
/// <param name="Waiting">Messages that failed for a transient reason.</param>
internal readonly record struct Progress(bool IsFull, int Sent, IReadOnlyList<Sent> Waiting)
{
    public static Progress None { get; } = new(false, 0, []);

    /// <summary>The failure of the first waiting message.</summary>
    public Exception? Obstacle => Waiting.Count == 0 ? null : Waiting[0].Failure;

    public static Progress Of(bool isFull, IReadOnlyList<Sent> results) => new(
        isFull, results.Count(result => result.Succeeded), [.. results.Where(result => result.IsPassing)]);
}
