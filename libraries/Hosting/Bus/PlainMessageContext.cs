using System.Security.Cryptography;
using MassTransit.Serialization;

namespace Podcast.Hosting.Bus;

/// <summary>
/// The context of a message without an envelope, read from the transport's headers. It always has a message id, because inboxes
/// need one: the publisher's <c>message_id</c> if it is a UUID, a UUID hashed from it if it is another text, and a new one for
/// each delivery if it is missing.
/// </summary>
internal sealed class PlainMessageContext(Headers headers, Uri? destination)
    : RawMessageContext(headers, destination, RawSerializerOptions.CopyHeaders), MessageContext
{
    Guid? MessageContext.MessageId { get; } = IdOf(headers.Get<string>(MessageHeaders.MessageId));

    /// <summary>The base class would derive it from the id.</summary>
    DateTime? MessageContext.SentTime => null;

    private static Guid IdOf(string? id) =>
        string.IsNullOrWhiteSpace(id) ? NewId.NextGuid()
        : Guid.TryParse(id, out var uuid) ? uuid
        : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
}
