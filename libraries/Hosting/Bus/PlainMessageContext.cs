using System.Security.Cryptography;
using MassTransit.Serialization;

namespace Podcast.Hosting.Bus;

/// <summary>
/// The context of a message without an envelope, read from the transport's headers. It always has a message id, because inboxes
/// need one: the publisher's <c>message_id</c> if it is a UUID, a UUID hashed from it if it is another text, and a new one for
/// each delivery if it is missing.
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
