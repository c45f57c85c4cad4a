using System.Collections.Concurrent;

namespace Podcast.Outbox;

/// <summary>The messages that one save of a scope stores, in the order of sending.</summary>
/// <param name="Row">The parent of their rows.</param>
/// <param name="HasDatabaseTime">False if <see cref="OutboxState.Created"/> is by the clock of this process, which other processes
/// may take for old.</param>
internal sealed record Published(OutboxState Row, bool HasDatabaseTime)
{
    public Guid Id => Row.OutboxId;

    /// <summary>They have sequence numbers when they are saved.</summary>
    public List<OutboxMessage> Messages { get; } = [];
}

/// <summary>
/// The outboxes of one context that this process has in hand: from their first message until their rows are removed. Other
/// processes leave them alone until they are old, and this process sends only those from its rows that it has not in hand.
/// </summary>
/// <param name="clock">The clock of this process.</param>
/// <param name="wake">Wakes the delivery.</param>
internal sealed class PublishedOutboxes(TimeProvider clock, Action wake)
{
    private const int Most = 1000; // that wait in memory; what is more waits in its rows

    private readonly ConcurrentDictionary<Guid, bool> inHand = new();
    private readonly ConcurrentQueue<Published> committed = new();
    private Tuple<DateTime, long>? databaseTime; // with our timestamp
    private volatile bool hasLeft;

    /// <summary>Computed since the last answer, so that it does not depend on this machine's time; null before the first.</summary>
    private DateTime? DatabaseNow => databaseTime is var (time, at) ? time + clock.GetElapsedTime(at) : null;

    /// <summary>True if rows of this process may have to be sent from the table.</summary>
    public bool HasLeft => hasLeft;

    /// <summary>True if there may be rows that this process has not sent.</summary>
    public bool HasUnsent => hasLeft || !inHand.IsEmpty;

    public bool IsInHand(Guid id) => inHand.ContainsKey(id);

    public int InHand => inHand.Count;

    /// <summary>Notes the time of the database, by which the age of rows is determined.</summary>
    public void NoteTime(DateTime now) => databaseTime = new(now, clock.GetTimestamp());

    /// <summary>An outbox for a save that is to come. It is in hand before it can be committed.</summary>
    public Published Begin(Guid processId)
    {
        // Not a NewId: containers with the same link-local address can generate equal ones.
        var now = DatabaseNow;
        var row = new OutboxState { OutboxId = Guid.CreateVersion7(), LockId = processId, Created = now ?? clock.GetUtcNow().UtcDateTime };
        inHand[row.OutboxId] = true;
        return new Published(row, now is not null);
    }

    /// <summary>Called when the outbox is committed: it is sent from memory.</summary>
    public void Commit(Published outbox)
    {
        if (committed.Count >= Most)
        {
            Leave([outbox.Id]);
            return;
        }

        committed.Enqueue(outbox);
        wake();
    }

    /// <summary>Called when the outbox is not committed, or its rows are removed.</summary>
    public void Forget(Guid id) => inHand.TryRemove(id, out _);

    /// <summary>Leaves outboxes to the delivery from the table: they may be committed, and may have been sent.</summary>
    public void Leave(IReadOnlyCollection<Guid> ids)
    {
        foreach (var id in ids)
            inHand.TryRemove(id, out _);
        if (ids.Count > 0)
        {
            LookAgain();
            wake();
        }
    }

    /// <summary>Takes up to <paramref name="limit"/> committed outboxes, in the order of their commits.</summary>
    /// <param name="limit">The largest number.</param>
    /// <param name="oldest">Older ones may soon be sent by another process: they are left.</param>
    public IReadOnlyList<Published> Take(int limit, TimeSpan oldest)
    {
        var taken = new List<Published>();
        while (taken.Count < limit && committed.TryDequeue(out var outbox))
        {
            if (outbox.HasDatabaseTime && DatabaseNow - outbox.Row.Created < oldest)
                taken.Add(outbox);
            else
                Leave([outbox.Id]);
        }

        return taken;
    }

    /// <summary>Called before the table is looked at.</summary>
    public void Look() => hasLeft = false;

    /// <summary>Called if not everything of the table could be sent.</summary>
    public void LookAgain() => hasLeft = true;
}
