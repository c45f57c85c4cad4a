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
        var body = context.Serializer.GetMessageBody(context).GetString();

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
            Body = body,
        };
    }

    private static Dictionary<string, object> PropertiesOf(TransportSendContext context)
    {
        var properties = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        context.WritePropertiesTo(properties);
        return properties;
    }
}
