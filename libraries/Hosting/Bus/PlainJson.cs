using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MassTransit.Serialization;

namespace Podcast.Hosting.Bus;

/// <summary>
/// Reads messages of publishers that do not use MassTransit: the content type is <c>application/json</c> or missing, and the body
/// is the message without an envelope (camelCase; unknown fields are ignored, a missing required field is an error that names
/// it). The exchange determines the type: a message published to <c>podcast.episode-uploaded</c> is an <c>EpisodeUploaded</c>.
/// MassTransit's own raw JSON deserializer accepts a body as every type that the queue consumes, so that an upload would also be
/// a cancellation.
/// </summary>
internal sealed class PlainJson(ExchangeNames names) : ISerializerFactory, IMessageDeserializer
{
    private static readonly JsonSerializerOptions strict = new(SystemTextJsonMessageSerializer.Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = SystemTextJsonMessageSerializer.Options.TypeInfoResolver!.WithAddedModifier(RequireWhatCannotBeNull),
    };

    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public IMessageDeserializer CreateDeserializer() => this;

    public IMessageSerializer CreateSerializer() => throw new NotSupportedException("We write envelopes; plain JSON is only read.");

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Read(
            receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress, Exchange(receiveContext)));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        Read(body, headers, destinationAddress, exchange: null);

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("plain-json").Add("contentType", ContentType.MediaType);

    /// <summary>
    /// The exchange to which the message was published. A message that was moved back from an error queue was sent to the queue
    /// directly; its headers name the original exchange.
    /// </summary>
    private static string? Exchange(ReceiveContext context)
    {
        foreach (var header in (string[])[EndpointPolicy.ExchangeHeader, "x-first-death-exchange"])
        {
            if (context.TransportHeaders.Get<string>(header) is { Length: > 0 } before)
                return before;
        }

        return context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery) ? delivery.Exchange : null;
    }

    private static void RequireWhatCannotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            property.IsRequired |= property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };
    }

    private Context Read(MessageBody body, Headers headers, Uri? destination, string? exchange)
    {
        JsonElement message;
        try
        {
            message = JsonElement.Parse(body.GetBytes());
        }
        catch (JsonException malformed)
        {
            throw new SerializationException($"The message is no JSON: {malformed.Message}", malformed);
        }

        return message.ValueKind == JsonValueKind.Object
            ? new Context(
                message, new PlainMessageContext(headers, destination), headers.GetMessageTypes() ?? [],
                type => names.FormatEntityName(type) == exchange)
            : throw new SerializationException($"The message must be a JSON object, not {message.ValueKind}.");
    }

    private sealed class Context(JsonElement message, MessageContext context, string[] types, Predicate<Type> isIt)
        : SystemTextJsonRawSerializerContext(
            SystemTextJsonMessageSerializer.Instance, strict, SystemTextJsonRawMessageSerializer.JsonContentType, context, types, 0,
            message)
    {
        /// <summary>Names the field that is missing or cannot be read, such as a text with half a surrogate pair.</summary>
        public override bool TryGetMessage<T>([NotNullWhen(true)] out T? result)
            where T : class
        {
            try
            {
                return base.TryGetMessage(out result);
            }
            catch (JsonException unreadable)
            {
                var why = unreadable.GetBaseException().Message;
                throw new SerializationException($"The message cannot be read at {unreadable.Path}: {why}");
            }
        }

        public override bool IsSupportedMessageType<T>() => IsSupportedMessageType(typeof(T));

        public override bool IsSupportedMessageType(Type messageType) =>
            SupportedMessageTypes.Length > 0 ? base.IsSupportedMessageType(messageType) : isIt(messageType);
    }
}
