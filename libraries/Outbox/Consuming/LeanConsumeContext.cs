namespace Podcast.Outbox;

/// <summary>
/// The context of a consumer that has a transaction of its own. Its messages become rows of the scope's DbContext. It is a
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
    : CapturingConsumeContext<T>(context, options, provider, messageId, clock), DbTransactionContext
    where T : class
{
    public override bool IsMessageConsumed => isDuplicate;

    /// <summary>If this too is true, the pipe reports the message as consumed and does nothing else.</summary>
    public override bool IsOutboxDelivered => isDuplicate;

    public Guid TransactionId { get; } = dbContext.Database.CurrentTransaction!.TransactionId;

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

    protected override void Store(OutboxMessage row) => dbContext.Add(row);
}
