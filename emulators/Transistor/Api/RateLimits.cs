using System.Collections.Concurrent;

namespace Podcast.Emulators.Transistor;

/// <summary>
/// Transistor's limit per key: 10 requests in any 10 s; one more, and the key is blocked for 10 s, which no header says.
/// </summary>
internal sealed class RateLimits(IOptions<TransistorEmulatorOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Use> uses = new();

    public IReadOnlyList<TransistorKeyUse> Uses =>
        [.. uses.Select(use => new TransistorKeyUse(use.Key, use.Value.Requests, use.Value.Refused)).OrderBy(use => use.Key)];

    public bool TryTake(string key)
    {
        var (use, now, limit) = (uses.GetOrAdd(key, _ => new Use()), clock.GetUtcNow(), options.Value);
        lock (use)
        {
            use.Requests++;
            while (use.Recent.TryPeek(out var first) && now - first >= limit.Window)
                use.Recent.Dequeue();

            var isBlocked = now < use.BlockedUntil;
            if (!isBlocked && use.Recent.Count < limit.RequestsPerWindow)
            {
                use.Recent.Enqueue(now);
                return true;
            }

            use.Refused++;
            if (!isBlocked)
                use.BlockedUntil = now + limit.Window;
            return false;
        }
    }

    private sealed class Use
    {
        public Queue<DateTimeOffset> Recent { get; } = new();

        public DateTimeOffset BlockedUntil { get; set; }

        public int Requests { get; set; }

        public int Refused { get; set; }
    }
}

/// <summary>The API requests with one key since the start.</summary>
/// <param name="Requests">All of them.</param>
/// <param name="Refused">Those that got 429.</param>
public sealed record TransistorKeyUse(string Key, int Requests, int Refused);
