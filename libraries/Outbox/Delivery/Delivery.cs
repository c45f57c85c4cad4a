namespace Podcast.Outbox;

/// <summary>
/// Sends messages that consumers committed but did not send, from the table. The sender locks the parent rows
/// (<see cref="InboxState"/>), so that instances share the work and the messages of one consumer are sent in order. A message that
/// cannot be sent becomes a <see cref="DeadLetter"/>; one that may have been sent before is marked (<c>GetRedeliveryCount()</c> is 1).
/// </summary>
internal sealed class Delivery<TDbContext>(
    DeliveryBacklog<TDbContext> backlog, OutboxStore<TDbContext> store, MessageSender sender, ILogger<Delivery<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <summary>Sends messages that consumers of this or of a dead process committed but did not send.</summary>
    /// <param name="avoid">Destinations that do not accept messages at present; a consumer that has messages only for these is
    /// skipped.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public async Task<Progress> SendLeftovers(IReadOnlyCollection<Uri> avoid, CancellationToken cancellationToken)
    {
        var ours = backlog.TakeLeftovers(store.Options.BatchSize);
        List<InboxState> claimed = [];
        try
        {
            var progress = await store.SendAndWrite(Send, Settle, cancellationToken);
            if (progress.Obstacle is not null || avoid.Count > 0)
                backlog.PutBack(ours);
            if (progress.Sent > 0)
                logger.LeftoversSent(progress.Sent, typeof(TDbContext).Name);
            return progress;
        }
        catch
        {
            backlog.PutBack(ours);
            throw;
        }

        async Task<IReadOnlyList<Sent>?> Send(TDbContext context)
        {
            var before = await store.Now(context, cancellationToken) - store.Options.LeftoverAge;
            claimed = await store.Statements(context).Leftovers(context, before, ours, store.Options.BatchSize, avoid)
                .ToListAsync(cancellationToken);
            if (claimed.Count == 0)
                return null;

            long[] ids = [.. claimed.Select(inbox => inbox.Id)];
            var messages = context.Set<InboxState>().Where(inbox => ids.Contains(inbox.Id)).Join(
                context.Set<OutboxMessage>(),
                inbox => new { MessageId = (Guid?)inbox.MessageId, ConsumerId = (Guid?)inbox.ConsumerId },
                message => new { MessageId = message.InboxMessageId, ConsumerId = message.InboxConsumerId },
                (_, message) => message);
            return await SendStored(messages, again: _ => true, cancellationToken);
        }

        async Task<Progress> Settle(TDbContext context, IReadOnlyList<Sent> results)
        {
            var now = await SettleMessages(context, results, cancellationToken);
            var waiting = results.Where(result => result.IsPassing)
                .Select(result => (result.Message.InboxMessageId!.Value, result.Message.InboxConsumerId!.Value)).ToHashSet();
            long[] done = [.. claimed.Where(inbox => !waiting.Contains((inbox.MessageId, inbox.ConsumerId))).Select(inbox => inbox.Id)];
            await context.Set<InboxState>().Where(inbox => done.Contains(inbox.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(inbox => inbox.Delivered, now), cancellationToken);
            return Progress.Of(claimed.Count == store.Options.BatchSize, results);
        }
    }

    /// <summary>Sends the messages of rows, in their order.</summary>
    public async Task<IReadOnlyList<Sent>> SendStored(
        IQueryable<OutboxMessage> messages, Func<OutboxMessage, bool> again, CancellationToken cancellationToken)
    {
        var rows = await messages.OrderBy(message => message.SequenceNumber).AsNoTracking().ToListAsync(cancellationToken);
        var results = await sender.Send(rows, store.Options.SendTimeout, again, cancellationToken);
        CrashPoint.Reach(CrashPoint.Delivered);
        return results;
    }

    /// <summary>Removes messages that were sent, and sets aside those that cannot be sent. Returns the time.</summary>
    public async Task<DateTime> SettleMessages(TDbContext context, IReadOnlyList<Sent> results, CancellationToken cancellationToken)
    {
        var now = await store.Now(context, cancellationToken);
        foreach (var result in results.Where(result => result.IsRefused))
        {
            var letter = DeadLetter.From(result.Message, now);
            letter.Failed(result.Failure!, now, store.Options.MaxAttempts);
            context.Add(letter);
            logger.SetAside(letter.MessageId, letter.MessageType, letter.Destination, letter.Attempts, letter.Reason);
        }

        await context.SaveChangesAsync(cancellationToken);
        long[] gone = [.. results
            .Where(result => result.IsRefused || (result.Succeeded && store.Options.KeepSent == TimeSpan.Zero))
            .Select(result => result.Message.SequenceNumber)];
        if (gone.Length > 0)
        {
            await context.Set<OutboxMessage>().Where(message => gone.Contains(message.SequenceNumber))
                .ExecuteDeleteAsync(cancellationToken);
        }

        return now;
    }
}
