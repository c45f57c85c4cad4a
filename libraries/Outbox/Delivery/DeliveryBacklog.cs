using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Outbox;

/// <summary>A consumed message whose transaction is committed, with the messages that the consumer published or sent.</summary>
internal sealed record Consumed((Guid MessageId, Guid ConsumerId) Key, long InboxId, IReadOnlyList<OutboxMessage> Messages);

/// <summary>
/// Rows of sent messages to remove: of a consumed message, whose <c>InboxId</c> is null if others of its messages are not yet sent, or of
/// a whole outbox.
/// </summary>
internal sealed record Removal(
    (Guid MessageId, Guid ConsumerId) Key, long? InboxId, IReadOnlyList<long> SequenceNumbers, Guid? OutboxId = null);

/// <summary>
/// Work that consumers leave to the background services: rows of sent messages to remove, and messages that could not be sent.
/// Also wakes the delivery; a wake-up that nobody waits for is kept, unlike that of MassTransit's own bus outbox notification.
/// </summary>
internal sealed class DeliveryBacklog<TDbContext>
{
    private readonly TimeProvider clock;
    private readonly Channel<bool> wakeUps = Channel.CreateBounded<bool>(1);
    private readonly ConcurrentDictionary<(Guid MessageId, Guid ConsumerId), bool> inHand = new();
    private readonly Channel<Removal> removals = Channel.CreateUnbounded<Removal>();
    private readonly ConcurrentQueue<(Guid MessageId, Guid ConsumerId)> leftovers = new();

    public DeliveryBacklog(TimeProvider clock) => (this.clock, Published) = (clock, new PublishedOutboxes(clock, Wake));

    /// <summary>What was published outside of consumers.</summary>
    public PublishedOutboxes Published { get; }

    public ChannelReader<Removal> Removals => removals.Reader;

    /// <summary>True if there are messages that can be sent before <see cref="LeanOutboxOptions.LeftoverAge"/>.</summary>
    public bool HasLeftovers => !leftovers.IsEmpty;

    /// <summary>Commits the transaction, and marks its messages as handled by this process.</summary>
    public async Task Commit(IReadOnlyList<Consumed> work, IDbContextTransaction transaction)
    {
        foreach (var one in work)
            inHand[one.Key] = true;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            // If the rows exist nevertheless, they are found and sent like those of a dead process.
            foreach (var one in work)
                inHand.TryRemove(one.Key, out _);
            throw;
        }
    }

    public void Finish(Consumed work, IReadOnlyList<Sent> results) => removals.Writer.TryWrite(new Removal(
        work.Key,
        results.All(result => result.Succeeded) ? work.InboxId : null,
        [.. results.Where(result => result.Succeeded).Select(result => result.Message.SequenceNumber)]));

    /// <summary>Called when all messages of the outbox are sent.</summary>
    public void Finish(Published outbox) => removals.Writer.TryWrite(
        new Removal(default, null, [.. outbox.Messages.Select(message => message.SequenceNumber)], outbox.Id));

    /// <summary>
    /// Called when the removal's rows are deleted. Only now its unsent messages may be sent: delivery sends all remaining rows of
    /// a parent, and would otherwise send the already sent ones again.
    /// </summary>
    public void Removed(Removal removal)
    {
        if (removal.OutboxId is { } outbox)
        {
            Published.Forget(outbox);
            return;
        }

        inHand.TryRemove(removal.Key, out _);
        if (removal.InboxId is null)
            Leave(removal.Key);
    }

    /// <summary>
    /// Handles a redelivery: the process that consumed the message first may have died before it sent everything.
    /// </summary>
    public void Duplicate((Guid MessageId, Guid ConsumerId) key)
    {
        if (!inHand.ContainsKey(key))
            Leave(key);
    }

    /// <summary>Takes up to <paramref name="limit"/> keys of <see cref="HasLeftovers"/>.</summary>
    public IReadOnlyList<(Guid MessageId, Guid ConsumerId)> TakeLeftovers(int limit)
    {
        var taken = new List<(Guid, Guid)>();
        while (taken.Count < limit && leftovers.TryDequeue(out var key))
            taken.Add(key);
        return taken;
    }

    /// <summary>Returns keys whose messages could not be sent.</summary>
    public void PutBack(IReadOnlyList<(Guid MessageId, Guid ConsumerId)> keys)
    {
        foreach (var key in keys)
            leftovers.Enqueue(key);
    }

    /// <summary>Wakes the delivery, because rows may have been committed.</summary>
    public void Wake() => wakeUps.Writer.TryWrite(true);

    /// <summary>True when woken, false when <paramref name="limit"/> is over.</summary>
    public async Task<bool> IsWoken(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limit <= TimeSpan.Zero)
            return wakeUps.Reader.TryRead(out _);

        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await wakeUps.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Leave((Guid MessageId, Guid ConsumerId) key)
    {
        leftovers.Enqueue(key);
        Wake();
    }
}
