using MassTransit.Middleware.Outbox;

namespace Podcast.Outbox;

/// <summary>
/// The context that a consumer gets. Its publishes and sends become rows of the scope's DbContext. It is a
/// <see cref="DbTransactionContext"/>, so that the saga repository joins the transaction.
/// </summary>
internal sealed class LeanConsumeContext<T>(
    ConsumeContext<T> context,
    OutboxConsumeOptions options,
    IServiceProvider provider,
    DbContext dbContext,
    Guid messageId,
    bool isDuplicate,
    TimeProvider clock)
    : OutboxConsumeContextProxy<T>(context, options, provider), DbTransactionContext
    where T : class
{
    private readonly Lock gate = new();

    /// <summary>The messages in the order of sending; they have sequence numbers after <see cref="SetConsumed"/>.</summary>
    public List<OutboxMessage> Messages { get; } = [];

    public override Guid? MessageId => messageId;

    public override bool ContinueProcessing { get; set; } = true;

    public override bool IsMessageConsumed => isDuplicate;

    /// <summary>If this too is true, the pipe reports the message as consumed and does nothing else.</summary>
    public override bool IsOutboxDelivered => isDuplicate;

    public override int ReceiveCount => 1;

    public override long? LastSequenceNumber => null;

    public Guid TransactionId { get; } = dbContext.Database.CurrentTransaction!.TransactionId;

    public override Task AddSend<TMessage>(SendContext<TMessage> context)
    {
        var row = context.ToRow(clock.GetUtcNow().UtcDateTime);
        row.InboxMessageId = messageId;
        row.InboxConsumerId = ConsumerId;
        lock (gate)
        {
            Messages.Add(row);
            dbContext.Add(row);
        }

        return Task.CompletedTask;
    }

    /// <summary>Saves the pending changes: usually everything that the consumer wrote, in one round trip.</summary>
    public override async Task SetConsumed()
    {
        await dbContext.SaveChangesAsync(CancellationToken);
        if (Messages.Exists(message => message.SequenceNumber == 0))
        {
            throw new InvalidOperationException(
                "Messages were published, then the DbContext forgot them before they were saved (ChangeTracker.Clear?)");
        }
    }

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;
}
