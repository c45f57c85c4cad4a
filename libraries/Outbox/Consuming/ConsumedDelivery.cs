namespace Podcast.Outbox;

/// <summary>What follows the transaction of a consumed message.</summary>
internal sealed class ConsumedDelivery<TDbContext>(
    OutboxStore<TDbContext> store, DeliveryBacklog<TDbContext> backlog, MessageSender sender, ILogger<ConsumedDelivery<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <summary>
    /// Sends the messages after the commit. A failure here is no longer a fault of the incoming message: unsent messages stay as
    /// rows and are sent later.
    /// </summary>
    public async Task Send(Consumed work, CancellationToken cancellationToken)
    {
        CrashPoint.Reach(CrashPoint.Committed);
        var results = await sender.Send(work.Messages, store.Options.SendTimeout, again: _ => false, cancellationToken);

        CrashPoint.Reach(CrashPoint.Confirmed);
        backlog.Finish(work, results);
        if (results.FirstOrDefault(result => !result.Succeeded) is { Failure: { } failure })
            logger.NotSentYet(failure, results.Count(result => !result.Succeeded), work.Key.MessageId);
    }

    /// <summary>Reports a duplicate, whose first delivery may have died before it sent everything.</summary>
    public void Drop((Guid MessageId, Guid ConsumerId) key)
    {
        logger.DuplicateDropped(key.MessageId);
        backlog.Duplicate(key);
    }
}
