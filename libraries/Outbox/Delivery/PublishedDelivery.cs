namespace Podcast.Outbox;

/// <summary>
/// Sends messages that were published outside of consumers: from memory right after their commit, else from the table. Parent rows
/// (<see cref="OutboxState"/>) are locked there, so that instances share the work and the messages of one outbox are sent in order.
/// Both run in one loop, so that no two senders of this process have the same outbox.
/// </summary>
internal sealed class PublishedDelivery<TDbContext>(
    DeliveryBacklog<TDbContext> backlog, OutboxStore<TDbContext> store, MessageSender sender, Delivery<TDbContext> delivery)
    where TDbContext : DbContext
{
    /// <summary>Outboxes that this process tried to send, with an unknown or incomplete result.</summary>
    private readonly HashSet<Guid> tried = [];

    /// <summary>Sends what was committed since the last call. Rows of sent messages are removed later in batches.</summary>
    public async Task<Progress> SendCommitted(CancellationToken cancellationToken)
    {
        var taken = backlog.Published.Take(store.Options.BatchSize, store.Options.LeftoverAge / 2);
        if (taken.Count == 0)
            return Progress.None;

        OutboxMessage[] messages = [.. taken.SelectMany(outbox => outbox.Messages)];
        var results = await sender.Send(messages, store.Options.SendTimeout, again: _ => false, cancellationToken);
        CrashPoint.Reach(CrashPoint.Delivered);

        var failed = results.Where(result => !result.Succeeded).ToLookup(result => result.Message.OutboxId!.Value);
        foreach (var outbox in taken.Where(outbox => !failed.Contains(outbox.Id)))
            backlog.Finish(outbox);
        if (failed.Count > 0)
        {
            await Leave(
                [.. failed.Select(outbox => outbox.Key)],
                [.. results.Where(result => failed.Contains(result.Message.OutboxId!.Value))],
                cancellationToken);
        }

        return Progress.Of(taken.Count == store.Options.BatchSize, results);
    }

    /// <summary>
    /// Sends messages that were published outside of consumers and that no process has in hand: outboxes that this one left, or that
    /// are old.
    /// </summary>
    /// <param name="avoid">Destinations that do not accept messages at present; an outbox that has messages only for these is
    /// skipped.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public async Task<Progress> SendStored(IReadOnlyCollection<Uri> avoid, CancellationToken cancellationToken)
    {
        Guid[] claimed = [];
        Guid[] done = [];
        backlog.Published.Look();
        try
        {
            var progress = await store.SendAndWrite(Send, Write, cancellationToken);
            tried.ExceptWith(done);
            if (progress.Obstacle is not null || avoid.Count > 0)
                backlog.Published.LookAgain();
            return progress;
        }
        catch
        {
            backlog.Published.LookAgain();
            throw;
        }

        async Task<IReadOnlyList<Sent>?> Send(TDbContext context)
        {
            var before = await store.Now(context, cancellationToken) - store.Options.LeftoverAge;
            var limit = store.Options.BatchSize + backlog.Published.InHand;
            var rows = await store.Statements(context).Undelivered(context, before, store.ProcessId, limit, avoid)
                .ToListAsync(cancellationToken);
            var outboxes = rows.Where(row => !backlog.Published.IsInHand(row.OutboxId)).Take(store.Options.BatchSize).ToList();
            if (outboxes.Count == 0)
                return null;

            claimed = [.. outboxes.Select(outbox => outbox.OutboxId)];
            var again = outboxes.Where(outbox => !tried.Add(outbox.OutboxId) || outbox.LockId != store.ProcessId)
                .Select(outbox => outbox.OutboxId).ToHashSet();
            return await delivery.SendStored(
                context.Set<OutboxMessage>().Where(message => claimed.Contains(message.OutboxId!.Value)),
                message => again.Contains(message.OutboxId!.Value),
                cancellationToken);
        }

        async Task<Progress> Write(TDbContext context, IReadOnlyList<Sent> results)
        {
            done = await Settle(context, claimed, results, cancellationToken);
            return Progress.Of(claimed.Length == store.Options.BatchSize, results);
        }
    }

    /// <summary>The rows of what was sent are removed first: delivery sends all remaining rows of an outbox.</summary>
    private async Task Leave(Guid[] outboxes, IReadOnlyList<Sent> results, CancellationToken cancellationToken)
    {
        tried.UnionWith(outboxes);
        try
        {
            var done = await store.Write(context => Settle(context, outboxes, results, cancellationToken), cancellationToken);
            tried.ExceptWith(done);
        }
        finally
        {
            backlog.Published.Leave(outboxes);
        }
    }

    /// <summary>Records what became of the messages of <paramref name="outboxes"/>, in a transaction.</summary>
    /// <returns>The outboxes that have no unsent message.</returns>
    private async Task<Guid[]> Settle(
        TDbContext context, IReadOnlyCollection<Guid> outboxes, IReadOnlyList<Sent> results, CancellationToken cancellationToken)
    {
        var now = await delivery.SettleMessages(context, results, cancellationToken);
        Guid[] done = [.. outboxes.Except(results.Where(result => result.IsPassing).Select(result => result.Message.OutboxId!.Value))];
        var rows = context.Set<OutboxState>().Where(outbox => done.Contains(outbox.OutboxId));
        if (store.Options.KeepSent == TimeSpan.Zero)
            await rows.ExecuteDeleteAsync(cancellationToken);
        else
            await rows.ExecuteUpdateAsync(set => set.SetProperty(outbox => outbox.Delivered, now), cancellationToken);
        return done;
    }
}
