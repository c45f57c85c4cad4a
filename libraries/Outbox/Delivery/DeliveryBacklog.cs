using System.Collections.Concurrent;
using System.Threading.Channels;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Outbox;

/// <summary>A message that a consumer has consumed.</summary>
/// <param name="Key">The inbox's key.</param>
/// <param name="InboxId">The inbox row.</param>
/// <param name="Messages">What it causes to be sent.</param>
internal sealed record Consumed((Guid MessageId, Guid ConsumerId) Key, long InboxId, IReadOnlyList<OutboxMessage> Messages);

/// <summary>Rows that have done their duty.</summary>
/// <param name="Key">The inbox's key.</param>
/// <param name="InboxId">The inbox row; null when it has something to send still.</param>
/// <param name="SequenceNumbers">The messages that were sent.</param>
internal sealed record Removal((Guid MessageId, Guid ConsumerId) Key, long? InboxId, IReadOnlyList<long> SequenceNumbers);

/// <summary>What consumers leave to do for those who tidy up: sent rows to remove, and messages that did not get away.</summary>
internal sealed class DeliveryBacklog<TDbContext>(AsyncAutoResetEvent<TDbContext> latch)
{
    private readonly ConcurrentDictionary<(Guid MessageId, Guid ConsumerId), bool> inHand = new();
    private readonly Channel<Removal> removals = Channel.CreateUnbounded<Removal>();
    private readonly ConcurrentQueue<(Guid MessageId, Guid ConsumerId)> leftovers = new();

    public ChannelReader<Removal> Removals => removals.Reader;

    public bool HasLeftovers => !leftovers.IsEmpty;

    /// <summary>Commits; this process will send and tidy up itself.</summary>
    public async Task Commit(Consumed work, IDbContextTransaction transaction)
    {
        inHand[work.Key] = true;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            // It was not committed, or nobody knows: then it is for whoever finds the rows.
            inHand.TryRemove(work.Key, out _);
            throw;
        }
    }

    /// <summary>Its rows are gone; only now what is left over may be sent, or its siblings would be sent with it once more.</summary>
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

    /// <summary>A second delivery: whoever had the first may have died before it sent everything.</summary>
    public void Duplicate((Guid MessageId, Guid ConsumerId) key)
    {
        if (!inHand.ContainsKey(key))
            Leave(key);
    }

    /// <summary>Messages that need not wait until they are old.</summary>
    public IReadOnlyList<(Guid MessageId, Guid ConsumerId)> TakeLeftovers(int limit)
    {
        var taken = new List<(Guid, Guid)>();
        while (taken.Count < limit && leftovers.TryDequeue(out var key))
            taken.Add(key);
        return taken;
    }

    /// <summary>They could not be sent now.</summary>
    public void PutBack(IReadOnlyList<(Guid MessageId, Guid ConsumerId)> keys)
    {
        foreach (var key in keys)
            leftovers.Enqueue(key);
    }

    private void Leave((Guid MessageId, Guid ConsumerId) key)
    {
        leftovers.Enqueue(key);
        latch.Wake();
    }
}
