using System.Net.Mime;
using MassTransit.Context;
using MassTransit.Serialization;

namespace Podcast.Outbox;

/// <summary>Converts outgoing messages to rows.</summary>
internal static class StoredMessages
{
    /// <summary>The row of a message, without a parent. All times are UTC, because PostgreSQL accepts no others.</summary>
    /// <exception cref="MessageException">The message has no id.</exception>
    public static OutboxMessage ToRow<T>(this SendContext<T> context, DateTime now)
        where T : class
    {
        var json = SystemTextJsonMessageSerializer.Instance;
        return new OutboxMessage
        {
            MessageId = context.MessageId ?? throw new MessageException(typeof(T), "The SendContext MessageId must be present"),
            ConversationId = context.ConversationId,
            CorrelationId = context.CorrelationId,
            InitiatorId = context.InitiatorId,
            RequestId = context.RequestId,
            SourceAddress = context.SourceAddress,
            DestinationAddress = context.DestinationAddress,
            ResponseAddress = context.ResponseAddress,
            FaultAddress = context.FaultAddress,
            SentTime = context.SentTime?.ToUniversalTime() ?? now,
            ExpirationTime = now + context.TimeToLive,
            EnqueueTime = now + context.Delay,
            ContentType = (context.ContentType ?? context.Serialization.DefaultContentType).ToString(),
            MessageType = string.Join(';', context.SupportedMessageTypes),
            Headers = json.SerializeDictionary(context.Headers.GetAll()),
            Properties = context is TransportSendContext transport ? json.SerializeDictionary(PropertiesOf(transport)) : null,
            Body = context.Serializer.GetMessageBody(context).GetString(),
        };
    }

    private static Dictionary<string, object> PropertiesOf(TransportSendContext context)
    {
        var properties = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        context.WritePropertiesTo(properties);
        return properties;
    }
}

/// <summary>
/// Fills a send context from a row. The stored body is sent unchanged. MassTransit's own <see cref="OutboxMessageSendPipe"/>
/// parses and serialises it again; this is used only to mark a repeated message (<c>GetRedeliveryCount()</c> is 1) inside its
/// envelope.
/// </summary>
/// <param name="row">The stored message, deserialised.</param>
/// <param name="now">UTC; the remaining delay and time to live are computed from it.</param>
/// <param name="again">True if the message may have been sent before.</param>
internal sealed class StoredMessagePipe(OutboxMessage row, DateTime now, bool again) : IPipe<SendContext>
{
    public void Probe(ProbeContext context)
    {
    }

    public async Task Send(SendContext context)
    {
        OutboxMessageContext message = row;
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
        {
            // An expired message gets 1 ms: the receiving side decides about expiry, and some transports reject zero.
            var left = expires - now;
            context.TimeToLive = left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
        }

        if (row.EnqueueTime is { } due)
            context.Delay = due > now ? due - now : null;
    }

    private sealed class StoredBody(ContentType contentType, string body) : IMessageSerializer
    {
        public ContentType ContentType => contentType;

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class =>
            new StringMessageBody(body);
    }
}
