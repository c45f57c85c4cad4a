using MassTransit.Middleware.Outbox;

namespace Podcast.Outbox;

/// <summary>The context that a consumer gets: what it publishes and sends is kept, in order, and becomes rows.</summary>
internal abstract class CapturingConsumeContext<T>(
    ConsumeContext<T> context, OutboxConsumeOptions options, IServiceProvider provider, Guid messageId, TimeProvider clock)
    : OutboxConsumeContextProxy<T>(context, options, provider)
    where T : class
{
    private readonly Lock gate = new();

    /// <summary>The messages in the order of sending; they have sequence numbers once they are saved.</summary>
    public List<OutboxMessage> Messages { get; } = [];

    public override Guid? MessageId => messageId;

    public override bool ContinueProcessing { get; set; } = true;

    public override int ReceiveCount => 1;

    public override long? LastSequenceNumber => null;

    public override Task AddSend<TMessage>(SendContext<TMessage> context)
    {
        var row = context.ToRow(clock.GetUtcNow().UtcDateTime);
        row.InboxMessageId = messageId;
        row.InboxConsumerId = ConsumerId;
        lock (gate)
        {
            Messages.Add(row);
            Store(row);
        }

        return Task.CompletedTask;
    }

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;

    /// <summary>Called with each message while it is captured.</summary>
    protected abstract void Store(OutboxMessage row);
}
