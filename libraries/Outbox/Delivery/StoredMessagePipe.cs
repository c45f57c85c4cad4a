using System.Net.Mime;
using MassTransit.Context;
using MassTransit.Serialization;

namespace Podcast.Outbox;

/// <summary>
/// Fills a send context from a row. The stored body is sent unchanged. MassTransit's own <see cref="OutboxMessageSendPipe"/>
/// parses and serialises it again; this is used only to mark a repeated message (<c>GetRedeliveryCount()</c> is 1) inside its
/// envelope.
/// </summary>
internal sealed class StoredMessagePipe : IPipe<SendContext>
{
    private readonly OutboxMessage row;
    private readonly OutboxMessageContext message;
    private readonly DateTime now;
    private readonly bool again;

    /// <param name="row">The stored message.</param>
    /// <param name="now">UTC; the remaining delay and time to live are computed from it.</param>
    /// <param name="again">True if the message may have been sent before.</param>
    public StoredMessagePipe(OutboxMessage row, DateTime now, bool again)
    {
        row.Deserialize(SystemTextJsonMessageSerializer.Instance);
        this.row = row;
        message = row;
        this.now = now;
        this.again = again;
    }

    public void Probe(ProbeContext context)
    {
    }

    public async Task Send(SendContext context)
    {
        if (again)
            await new OutboxMessageSendPipe(message, row.DestinationAddress).Send(context);
        else
            context.Serializer = new StoredBody(new ContentType(row.ContentType), row.Body);

        context.MessageId = row.MessageId;
        context.RequestId = row.RequestId;
        context.ConversationId = row.ConversationId;
        context.CorrelationId = row.CorrelationId;
        context.InitiatorId = row.InitiatorId;
        context.SourceAddress = row.SourceAddress;
        context.ResponseAddress = row.ResponseAddress;
        context.FaultAddress = row.FaultAddress;
        context.SupportedMessageTypes = row.MessageType.Split(';');

        foreach (var header in message.Headers.GetAll())
            context.Headers.Set(header.Key, header.Value);
        if (again)
            context.Headers.Set(MessageHeaders.RedeliveryCount, 1);

        if (message.Properties.Count > 0 && context is TransportSendContext transport)
            transport.ReadPropertiesFrom(message.Properties);
        if (row.ExpirationTime is { } expires)
            context.TimeToLive = AtLeastOneMillisecond(Utc(expires) - now);
        if (row.EnqueueTime is { } due)
            context.Delay = Utc(due) > now ? Utc(due) - now : null;
    }

    /// <summary>
    /// Sends an expired message with 1 ms to live: the receiving side decides about expiry, and some transports reject zero.
    /// </summary>
    private static TimeSpan AtLeastOneMillisecond(TimeSpan time) => time > TimeSpan.FromMilliseconds(1) ? time : TimeSpan.FromMilliseconds(1);

    /// <summary>Marks a time as UTC, because SQLite returns times without their kind.</summary>
    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private sealed class StoredBody(ContentType contentType, string body) : IMessageSerializer
    {
        public ContentType ContentType => contentType;

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class =>
            new StringMessageBody(body);
    }
}
