using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Outbox;

/// <summary>
/// What a consumer sees. What it sends becomes rows of the scope's context; as a <see cref="DbTransactionContext"/> it tells the saga
/// repository to join the transaction.
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
    private readonly List<OutboxMessage> messages = [];

    /// <summary>In the order of sending; with their sequence numbers once consumed.</summary>
    public IReadOnlyList<OutboxMessage> Messages => messages;

    public override Guid? MessageId => messageId;

    public override bool ContinueProcessing { get; set; } = true;

    public override bool IsMessageConsumed => isDuplicate;

    /// <summary>True with <see cref="IsMessageConsumed"/> makes the pipe report the message as consumed, and nothing else.</summary>
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
            messages.Add(row);
            dbContext.Add(row);
        }

        return Task.CompletedTask;
    }

    /// <summary>Saves what the consumer has left unsaved: usually all of it, in one round trip.</summary>
    public override async Task SetConsumed()
    {
        await dbContext.SaveChangesAsync(CancellationToken);
        if (messages.Exists(message => message.SequenceNumber == 0))
            throw new InvalidOperationException("Messages were published, then the DbContext forgot them before they were saved (ChangeTracker.Clear?)");
    }

    public override Task SetDelivered() => Task.CompletedTask;

    public override Task<List<OutboxMessageContext>> LoadOutboxMessages() => Task.FromResult<List<OutboxMessageContext>>([]);

    public override Task NotifyOutboxMessageDelivered(OutboxMessageContext message) => Task.CompletedTask;

    public override Task RemoveOutboxMessages() => Task.CompletedTask;
}
