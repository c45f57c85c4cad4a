namespace Podcast.Processing.Submitting;

/// <summary>
/// Serializes copies of one command in this process, and tells all but the first that they are copies: two at the same moment
/// would both find no task and both create one.
/// </summary>
internal sealed class KeyedLock(TimeProvider clock)
{
    /// <summary>For how long copies are told apart.</summary>
    public static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> oldest = new();
    private readonly Dictionary<string, Copies> held = new(StringComparer.Ordinal); // .NET's limiters by key wake ten times a second

    /// <summary>Waits for the lock of <paramref name="key"/>; dispose the first result to release it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled while it waited.</exception>
    public async Task<(IDisposable Held, bool IsCopy)> Take(string key, CancellationToken cancellationToken)
    {
        Copies copies;
        bool isAlone;
        lock (gate)
        {
            if (!held.TryGetValue(key, out copies!))
                held[key] = copies = new Copies(this, key);
            isAlone = copies.Count++ == 0;
        }

        try
        {
            await copies.Turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(copies);
            throw;
        }

        return (copies, IsSeen(key) || !isAlone);
    }

    private void Leave(Copies copies)
    {
        lock (gate)
        {
            if (--copies.Count == 0)
                held.Remove(copies.Key);
        }
    }

    /// <summary>True if the key was taken before; remembers it.</summary>
    private bool IsSeen(string key)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            while (oldest.TryPeek(out var first) && first.At + RememberFor <= now)
                seen.Remove(oldest.Dequeue().Key);
            if (!seen.Add(key))
                return true;

            oldest.Enqueue((key, now));
            return false;
        }
    }

    /// <summary>The copies of a command that hold the lock or wait for it. Disposed by each when it is done.</summary>
    private sealed class Copies(KeyedLock owner, string key) : IDisposable
    {
        public string Key => key;

        public SemaphoreSlim Turn { get; } = new(1);

        public int Count { get; set; }

        public void Dispose()
        {
            Turn.Release();
            owner.Leave(this);
        }
    }
}
