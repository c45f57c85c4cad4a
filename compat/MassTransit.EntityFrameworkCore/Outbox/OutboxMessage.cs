using MassTransit.Metadata;
using MassTransit.Middleware;
using MassTransit.Serialization;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>A message to be sent after its transaction is committed. It belongs to an inbox row or to an outbox.</summary>
public class OutboxMessage : OutboxMessageContext
{
    private static readonly Dictionary<string, object> NoProperties = new(StringComparer.OrdinalIgnoreCase);

    private Headers headers = EmptyHeaders.Instance;
    private Dictionary<string, object> properties = NoProperties;

    /// <summary>The order of sending.</summary>
    public long SequenceNumber { get; set; }

    /// <summary>The message is not delivered before this time.</summary>
    public DateTime? EnqueueTime { get; set; }

    public DateTime SentTime { get; set; }

    /// <summary>The headers as JSON.</summary>
    public string? Headers { get; set; }

    /// <summary>Properties of the transport, such as routing key or priority, as JSON.</summary>
    public string? Properties { get; set; }

    public Guid? InboxMessageId { get; set; }

    public Guid? InboxConsumerId { get; set; }

    public Guid? OutboxId { get; set; }

    public Guid MessageId { get; set; }

    public string ContentType { get; set; } = null!;

    /// <summary>The message's URNs, separated by semicolons.</summary>
    public string MessageType { get; set; } = null!;

    public string Body { get; set; } = null!;

    public Guid? ConversationId { get; set; }

    public Guid? CorrelationId { get; set; }

    public Guid? InitiatorId { get; set; }

    public Guid? RequestId { get; set; }

    public Uri? SourceAddress { get; set; }

    public Uri? DestinationAddress { get; set; }

    public Uri? ResponseAddress { get; set; }

    public Uri? FaultAddress { get; set; }

    /// <summary>The message expires at this time.</summary>
    public DateTime? ExpirationTime { get; set; }

    Guid? MessageContext.MessageId => MessageId;

    DateTime? MessageContext.SentTime => SentTime;

    Headers MessageContext.Headers => headers;

    HostInfo MessageContext.Host => HostMetadataCache.Host;

    IReadOnlyDictionary<string, object> OutboxMessageContext.Properties => properties;

    /// <summary>Deserialises headers and properties. Call it before the message is sent, which otherwise has none.</summary>
    public void Deserialize(IObjectDeserializer deserializer)
    {
        headers = deserializer.DeserializeDictionary<object?>(Headers) is { } values
            ? new DictionarySendHeaders(values)
            : EmptyHeaders.Instance;
        properties = deserializer.DeserializeDictionary<object>(Properties) ?? NoProperties;
    }
}
