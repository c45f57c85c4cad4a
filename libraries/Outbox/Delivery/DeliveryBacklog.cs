using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Outbox;

/// <summary>A consumed message whose transaction is committed.</summary>
/// <param name="Key">The key in the inbox.</param>
/// <param name="InboxId">The inbox row.</param>
/// <param name="Messages">The messages that the consumer published or sent.</param>
internal sealed record Consumed((Guid MessageId, Guid ConsumerId) Key, long InboxId, IReadOnlyList<OutboxMessage> Messages);

/// <summary>Rows of sent messages to remove.</summary>
/// <param name="Key">The key in the inbox.</param>
/// <param name="InboxId">The inbox row; null if some of its messages are not yet sent.</param>
/// <param name="SequenceNumbers">The messages that were sent.</param>
internal sealed record Removal((Guid MessageId, Guid ConsumerId) Key, long? InboxId, IReadOnlyList<long> SequenceNumbers);

/// <summary>
/// Work that consumers leave to the background services: rows of sent messages to remove, and messages that could not be sent.
/// </summary>
internal sealed class DeliveryBacklog<TDbContext>(AsyncAutoResetEvent<TDbContext> signal)
{
    private readonly ConcurrentDictionary<(Guid MessageId, Guid ConsumerId), bool> inHand = new();
    private readonly Channel<Removal> removals = Channel.CreateUnbounded<Removal>();
    private readonly ConcurrentQueue<(Guid MessageId, Guid ConsumerId)> leftovers = new();

    public ChannelReader<Removal> Removals => removals.Reader;

    public bool HasLeftovers => !leftovers.IsEmpty;

    /// <summary>Commits the transaction, and marks its messages as handled by this process.</summary>
    public async Task Commit(Consumed work, IDbContextTransaction transaction)
    {
        inHand[work.Key] = true;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            // The commit failed or its result is unknown. If the rows exist, they are found and sent like those of a dead
            // process.
            inHand.TryRemove(work.Key, out _);
            throw;
        }
    }

    /// <summary>
    /// Called when the removal's rows are deleted. Only now its unsent messages may be sent: delivery sends all remaining rows of
    /// a parent, and would otherwise send the already sent ones again.
    /// </summary>
    public void Removed(Removal removal)
    {
        inHand.TryRemove(removal.Key, out _);
        if (removal.InboxId is null)
            Leave(removal.Key);
    }

    public void Finish(Consumed work, IReadOnlyList<Sent> results)
    {
        var isComplete = results.All(result => result.Succeeded);
        removals.Writer.TryWrite(new Removal(
            work.Key,
            isComplete ? work.InboxId : null,
            [.. results.Where(result => result.Succeeded).Select(result => result.Message.SequenceNumber)]));
    }

    /// <summary>
    /// Handles a redelivery: the process that consumed the message first may have died before it sent everything.
    /// </summary>
    public void Duplicate((Guid MessageId, Guid ConsumerId) key)
    {
        if (!inHand.ContainsKey(key))
            Leave(key);
    }

    /// <summary>
    /// Takes up to <paramref name="limit"/> inbox keys whose messages can be sent before
    /// <see cref="LeanOutboxOptions.LeftoverAge"/>.
    /// </summary>
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

    private void Leave((Guid MessageId, Guid ConsumerId) key)
    {
        leftovers.Enqueue(key);
        signal.Set();
    }
}
