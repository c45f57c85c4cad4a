namespace Podcast.Processing.Submitting;

/// <summary>
/// Serializes copies of one command in this process, and tells all but the first that they are copies: two at the same moment
/// would both find no task and both create one.
/// </summary>
internal sealed class KeyedLock(TimeProvider clock)
{
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Turn> locks = new(StringComparer.Ordinal);
    private readonly Queue<(Turn Turn, DateTimeOffset Forget)> oldest = new();

    /// <summary>Waits for the lock of <paramref name="key"/>; dispose the turn to release it.</summary>
    public async Task<(Turn Turn, bool IsCopy)> Take(string key, CancellationToken cancellationToken)
    {
        var (turn, isCopy) = Join(key);
        try
        {
            await turn.Wait(cancellationToken);
            return (turn, isCopy);
        }
        catch
        {
            Leave(turn);
            throw;
        }
    }

    private (Turn Turn, bool IsCopy) Join(string key)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            while (oldest.TryPeek(out var first) && first.Forget <= now)
            {
                oldest.Dequeue();
                if (first.Turn.Users == 0)
                    locks.Remove(first.Turn.Key);
                else
                    oldest.Enqueue((first.Turn, now + RememberFor));
            }

            var isCopy = locks.TryGetValue(key, out var turn);
            if (turn is null)
            {
                locks[key] = turn = new Turn(key, this);
                oldest.Enqueue((turn, now + RememberFor));
            }

            turn.Users++;
            return (turn, isCopy);
        }
    }

    private void Leave(Turn turn)
    {
        lock (gate)
            turn.Users--;
    }

    /// <summary>The lock of one command, released by disposing.</summary>
    internal sealed class Turn(string key, KeyedLock locks) : IDisposable
    {
        private readonly SemaphoreSlim one = new(1);

        public string Key => key;

        public int Users { get; set; }

        public Task Wait(CancellationToken cancellationToken) => one.WaitAsync(cancellationToken);

        public void Dispose()
        {
            one.Release();
            locks.Leave(this);
        }
    }
}
