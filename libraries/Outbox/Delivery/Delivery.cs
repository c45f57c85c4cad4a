namespace Podcast.Outbox;

/// <summary>
/// Sends messages from the tables: the bus outbox, and messages that consumers committed but did not send. The sender locks the
/// parent rows (<see cref="OutboxState"/>, <see cref="InboxState"/>), so that instances share the work and the messages of one
/// outbox are sent in order. A message that cannot be sent becomes a <see cref="DeadLetter"/>; one that may have been sent before
/// is marked (<c>GetRedeliveryCount()</c> is 1).
/// </summary>
internal sealed class Delivery<TDbContext>(
    DeliveryBacklog<TDbContext> backlog,
    OutboxStore<TDbContext> store,
    MessageSender sender,
    IServiceScopeFactory scopes,
    ILogger<Delivery<TDbContext>> logger)
    where TDbContext : DbContext
{
    /// <summary>Outboxes that this process tried to send, with an unknown or incomplete result.</summary>
    private readonly HashSet<Guid> tried = [];

    /// <summary>
    /// True if consumers of this process left messages that can be sent before <see cref="LeanOutboxOptions.LeftoverAge"/>.
    /// </summary>
    public bool HasOwnLeftovers => backlog.HasLeftovers;

    /// <summary>Finds in one query which tables have work.</summary>
    public async Task<PendingWork> Look(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        return await store.Statements(context).Look(context, store.Options.LeftoverAge, cancellationToken);
    }

    /// <summary>Sends the bus outbox: messages that were published outside of consumers.</summary>
    /// <param name="avoid">Destinations that do not accept messages at present; an outbox that has messages only for these is
    /// skipped.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public async Task<Progress> SendOutboxes(IReadOnlyCollection<Uri> avoid, CancellationToken cancellationToken)
    {
        List<OutboxState> claimed = [];
        var progress = await Send(new Parents<OutboxState, Guid>
        {
            Claim = async context => claimed = await store.Statements(context).Undelivered(context, store.Options.BatchSize, avoid)
                .ToListAsync(cancellationToken),
            KeyOf = outbox => outbox.OutboxId,
            ParentOf = message => message.OutboxId!.Value,
            MessagesOf = (context, outboxes) =>
            {
                Guid[] ids = [.. outboxes.Select(outbox => outbox.OutboxId)];
                return context.Set<OutboxMessage>().Where(message => ids.Contains(message.OutboxId!.Value));
            },
            MayHaveBeenSent = outbox => !tried.Add(outbox.OutboxId) || outbox.LockId != store.ProcessId,
            Settle = (context, outboxes, now) =>
            {
                Guid[] ids = [.. outboxes.Select(outbox => outbox.OutboxId)];
                var done = context.Set<OutboxState>().Where(outbox => ids.Contains(outbox.OutboxId));
                return store.Options.KeepSent == TimeSpan.Zero
                    ? done.ExecuteDeleteAsync(cancellationToken)
                    : done.ExecuteUpdateAsync(set => set.SetProperty(outbox => outbox.Delivered, now), cancellationToken);
            },
        }, cancellationToken);

        tried.ExceptWith(claimed.Select(outbox => outbox.OutboxId).Except(progress.Waiting.Select(waiting => waiting.Message.OutboxId!.Value)));
        return progress;
    }

    /// <summary>Sends messages that consumers of this or of a dead process committed but did not send.</summary>
    /// <inheritdoc cref="SendOutboxes" path="/param"/>
    public async Task<Progress> SendLeftovers(IReadOnlyCollection<Uri> avoid, CancellationToken cancellationToken)
    {
        var ours = backlog.TakeLeftovers(store.Options.BatchSize);
        try
        {
            var progress = await SendLeftovers(ours, avoid, cancellationToken);
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
    }

    private Task<Progress> SendLeftovers(
        IReadOnlyList<(Guid MessageId, Guid ConsumerId)> ours, IReadOnlyCollection<Uri> avoid, CancellationToken cancellationToken) =>
        Send(new Parents<InboxState, (Guid, Guid)>
        {
            Claim = async context =>
            {
                var before = await store.Now(context, cancellationToken) - store.Options.LeftoverAge;
                var ids = await InboxIds(context, ours, cancellationToken);
                return await store.Statements(context).Leftovers(context, before, ids, store.Options.BatchSize, avoid).ToListAsync(cancellationToken);
            },
            KeyOf = inbox => (inbox.MessageId, inbox.ConsumerId),
            ParentOf = message => (message.InboxMessageId!.Value, message.InboxConsumerId!.Value),
            MessagesOf = (context, inboxes) =>
            {
                long[] ids = [.. inboxes.Select(inbox => inbox.Id)];
                return context.Set<InboxState>().Where(inbox => ids.Contains(inbox.Id)).Join(
                    context.Set<OutboxMessage>(),
                    inbox => new { MessageId = (Guid?)inbox.MessageId, ConsumerId = (Guid?)inbox.ConsumerId },
                    message => new { MessageId = message.InboxMessageId, ConsumerId = message.InboxConsumerId },
                    (_, message) => message);
            },
            MayHaveBeenSent = _ => true,
            Settle = (context, inboxes, now) =>
            {
                long[] ids = [.. inboxes.Select(inbox => inbox.Id)];
                return context.Set<InboxState>().Where(inbox => ids.Contains(inbox.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(inbox => inbox.Delivered, now), cancellationToken);
            },
        }, cancellationToken);

    private async Task<Progress> Send<TParent, TKey>(Parents<TParent, TKey> of, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TDbContext>();
        List<TParent> parents = [];
        return await store.SendAndWrite(context, Send, Settle, cancellationToken);

        async Task<IReadOnlyList<Sent>?> Send()
        {
            parents = await of.Claim(context);
            if (parents.Count == 0)
                return null;

            var messages = await of.MessagesOf(context, parents).OrderBy(message => message.SequenceNumber).AsNoTracking()
                .ToListAsync(cancellationToken);
            var again = parents.Where(of.MayHaveBeenSent).Select(of.KeyOf).ToHashSet();
            var results = await sender.Send(
                messages, store.Options.SendTimeout, message => again.Contains(of.ParentOf(message)), cancellationToken);
            CrashPoint.Reach(CrashPoint.Delivered);
            return results;
        }

        async Task<Progress> Settle(IReadOnlyList<Sent> results)
        {
            var now = await store.Now(context, cancellationToken);
            await SettleMessages(context, results, now, cancellationToken);
            var waiting = results.Where(result => result.IsPassing).Select(result => of.ParentOf(result.Message)).ToHashSet();
            await of.Settle(context, [.. parents.Where(parent => !waiting.Contains(of.KeyOf(parent)))], now);
            return Progress.Of(parents.Count == store.Options.BatchSize, results);
        }
    }

    private async Task SettleMessages(TDbContext context, IReadOnlyList<Sent> results, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var result in results.Where(result => !result.Succeeded && !result.IsPassing))
        {
            var message = DeadLetter.From(result.Message, now);
            message.Failed(result.Failure!, now, store.Options.MaxAttempts);
            context.Add(message);
            logger.SetAside(message.MessageId, message.MessageType, message.Destination, message.Attempts, message.Reason);
        }

        await context.SaveChangesAsync(cancellationToken);
        long[] gone = [.. results
            .Where(result => result.Succeeded ? store.Options.KeepSent == TimeSpan.Zero : !result.IsPassing)
            .Select(result => result.Message.SequenceNumber)];
        if (gone.Length > 0)
        {
            await context.Set<OutboxMessage>().Where(message => gone.Contains(message.SequenceNumber))
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static async Task<List<long>> InboxIds(
        TDbContext context, IReadOnlyList<(Guid MessageId, Guid ConsumerId)> keys, CancellationToken cancellationToken)
    {
        Guid[] messageIds = [.. keys.Select(key => key.MessageId)];
        if (messageIds.Length == 0)
            return [];

        var inboxes = await context.Set<InboxState>().AsNoTracking()
            .Where(inbox => messageIds.Contains(inbox.MessageId) && inbox.Delivered == null)
            .ToListAsync(cancellationToken);
        return [.. inboxes.Where(inbox => keys.Contains((inbox.MessageId, inbox.ConsumerId))).Select(inbox => inbox.Id)];
    }

    /// <summary>
    /// How to claim and settle one kind of parent row of messages: <see cref="OutboxState"/> or <see cref="InboxState"/>.
    /// </summary>
    private sealed record Parents<TParent, TKey>
    {
        public required Func<TDbContext, Task<List<TParent>>> Claim { get; init; }

        public required Func<TParent, TKey> KeyOf { get; init; }

        public required Func<OutboxMessage, TKey> ParentOf { get; init; }

        public required Func<TDbContext, IReadOnlyList<TParent>, IQueryable<OutboxMessage>> MessagesOf { get; init; }

        public required Func<TParent, bool> MayHaveBeenSent { get; init; }

        /// <summary>Marks or removes parents whose messages are all sent.</summary>
        public required Func<TDbContext, IReadOnlyList<TParent>, DateTime, Task<int>> Settle { get; init; }
    }
}
