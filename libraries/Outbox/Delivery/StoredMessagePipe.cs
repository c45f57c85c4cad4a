using System.Net.Mime;
using MassTransit;
using MassTransit.Context;
using MassTransit.EntityFrameworkCoreIntegration;
using MassTransit.Middleware;
using MassTransit.Serialization;

namespace Podcast.Outbox;

/// <summary>
/// From a row to the transport. The stored body goes out as it is; MassTransit's own <see cref="OutboxMessageSendPipe"/> parses and
/// writes it anew, which is wanted only to mark a message as sent again (<c>GetRedeliveryCount()</c> is 1) inside of its envelope.
/// </summary>
internal sealed class StoredMessagePipe : IPipe<SendContext>
{
    private readonly OutboxMessage row;
    private readonly OutboxMessageContext message;
    private readonly DateTime now;
    private readonly bool again;

    /// <param name="row">The message.</param>
    /// <param name="now">UTC; what is left of a delay or of a time to live counts from here.</param>
    /// <param name="again">True when it was sent before.</param>
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

    /// <summary>Expired is for the receiving side to say; a time to live of nothing is not valid everywhere.</summary>
    private static TimeSpan AtLeastOneMillisecond(TimeSpan time) => time > TimeSpan.FromMilliseconds(1) ? time : TimeSpan.FromMilliseconds(1);

    /// <summary>SQLite gives times back without their kind.</summary>
    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private sealed class StoredBody(ContentType contentType, string body) : IMessageSerializer
    {
        public ContentType ContentType => contentType;

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class =>
            new StringMessageBody(body);
    }
}
