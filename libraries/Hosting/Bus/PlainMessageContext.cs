using System.Security.Cryptography;
using System.Text;
using MassTransit;
using MassTransit.Serialization;

namespace Podcast.Hosting.Bus;

/// <summary>
/// What the transport tells about a message without an envelope. It always has an id, since inboxes go by it: the publisher's
/// <c>message_id</c> if that is a UUID, one made of it if it is any other word, else a new one for each delivery.
/// </summary>
internal sealed class PlainMessageContext(Headers headers, Uri? destination) : MessageContext
{
    private readonly RawMessageContext raw = new(headers, destination, RawSerializerOptions.CopyHeaders);

    public Guid? MessageId { get; } = IdOf(headers.Get<string>(MessageHeaders.MessageId));

    public Guid? RequestId => raw.RequestId;

    public Guid? CorrelationId => raw.CorrelationId;

    public Guid? ConversationId => raw.ConversationId;

    public Guid? InitiatorId => raw.InitiatorId;

    public DateTime? ExpirationTime => raw.ExpirationTime;

    public Uri? SourceAddress => raw.SourceAddress;

    public Uri? DestinationAddress => raw.DestinationAddress;

    public Uri? ResponseAddress => raw.ResponseAddress;

    public Uri? FaultAddress => raw.FaultAddress;

    public DateTime? SentTime => null;

    public Headers Headers => raw.Headers;

    public HostInfo Host => raw.Host;

    private static Guid IdOf(string? id) =>
        string.IsNullOrWhiteSpace(id) ? NewId.NextGuid()
        : Guid.TryParse(id, out var uuid) ? uuid
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
}
