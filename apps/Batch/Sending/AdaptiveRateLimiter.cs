namespace Podcast.Batch.Sending;

/// <summary>
/// Admits at most <c>10 × limit</c> requests in any 10 s, even across a kill and a restart: it is slightly slower than the limit,
/// makes up for little lost time, and begins with a wait. A 429 halves the rate, a successful response raises it again.
/// </summary>
/// <param name="limit">Requests per second.</param>
internal sealed class AdaptiveRateLimiter(double limit, TimeProvider clock)
{
    // In 10 s: 9.5 × limit at this share of the rate, and 0.25 × limit of lost time. The remaining 0.25 allows for requests
    // whose transit times differ.
    private const double Share = 0.95;
    private const double Step = 0.05;
    private const double Slowest = 0.02;
    private static readonly TimeSpan LostTime = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan OneCut = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnaskedPause = TimeSpan.FromSeconds(1);

    private readonly double limit = limit;
    private readonly Lock gate = new();
    private DateTimeOffset due = clock.GetUtcNow() + TimeSpan.FromSeconds(1 / (limit * Share));
    private DateTimeOffset cutAt;

    /// <summary>The current rate, in requests per second.</summary>
    public double Rate { get; private set; } = limit;

    public bool IsSlowed => Rate < limit * 0.9;

    /// <summary>No request is sent before this time. Lies in the past when the limiter is not paused.</summary>
    public DateTimeOffset PausedUntil { get; private set; }

    public async Task Take(CancellationToken cancellationToken)
    {
        while (Wait() is { } wait)
            await Task.Delay(wait, clock, cancellationToken);
    }

    /// <summary>After a refusal: pauses for the time that Ittybit asked for (1 s if it named none) and halves the rate.</summary>
    public void Slow(TimeSpan? asked)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            PausedUntil = Later(PausedUntil, now + (asked > TimeSpan.Zero ? asked.Value : UnaskedPause));

            // Concurrent requests are refused together, so refusals within one second count as one.
            if (now - cutAt >= OneCut)
                (cutAt, Rate) = (now, Math.Max(limit * Slowest, Rate / 2));
        }
    }

    public void Recover()
    {
        lock (gate) Rate = Math.Min(limit, Rate + limit * Step);
    }

    private TimeSpan? Wait()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (Later(due, PausedUntil) is var next && next > now)
                return next - now + TimeSpan.FromMilliseconds(1); // timers are cut to milliseconds

            due = Later(due, now - LostTime) + TimeSpan.FromSeconds(1 / (Rate * Share));
            return null;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
