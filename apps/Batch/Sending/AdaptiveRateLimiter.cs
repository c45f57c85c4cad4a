namespace Podcast.Batch.Sending;

/// <summary>
/// A token bucket that never lets more than <c>10 × limit</c> requests into any 10 s, not even around a kill and a new start: it
/// fills a little slower than the limit, holds little, and begins empty. Each 429 halves the rate, each good answer adds to it.
/// </summary>
internal sealed class AdaptiveRateLimiter : IDisposable
{
    // In 10 s: 9.5 from filling and 0.25 from what it held. The rest is for requests that take longer than others to arrive.
    private const double Filling = 0.95;
    private const double Holding = 0.25;
    private const double Step = 0.05;
    private const double Slowest = 0.02;
    private static readonly TimeSpan OneCut = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnaskedPause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly double limit;
    private readonly TimeProvider clock;
    private double rate;
    private double tokens;
    private DateTimeOffset filledAt;
    private DateTimeOffset cutAt;
    private DateTimeOffset pausedUntil;

    /// <param name="limit">Requests per second.</param>
    public AdaptiveRateLimiter(double limit, TimeProvider clock)
    {
        (this.limit, this.clock, rate) = (limit, clock, limit);
        filledAt = clock.GetUtcNow();
    }

    /// <summary>Requests per second, at most.</summary>
    public double Limit => limit;

    /// <summary>Requests per second just now.</summary>
    public double Rate
    {
        get { lock (gate) return rate; }
    }

    /// <summary>Until when nothing is sent; in the past when it is.</summary>
    public DateTimeOffset PausedUntil
    {
        get { lock (gate) return pausedUntil; }
    }

    /// <summary>Waits for leave to send one request; first come, first served.</summary>
    public async Task Take(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (Wait() is { } wait)
                await Task.Delay(wait, clock, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ittybit takes no more requests: pause as long as it asks, then go on at half the rate.</summary>
    public void Slow(TimeSpan? asked)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var until = now + (asked > TimeSpan.Zero ? asked.Value : UnaskedPause);
            pausedUntil = until > pausedUntil ? until : pausedUntil;
            if (now - cutAt < OneCut)
                return;

            // Requests that were under way together are refused together: that is one piece of news.
            Fill(now);
            cutAt = now;
            rate = Math.Max(limit * Slowest, rate / 2);
        }
    }

    public void Recover()
    {
        lock (gate)
        {
            Fill(clock.GetUtcNow());
            rate = Math.Min(limit, rate + limit * Step);
        }
    }

    public void Dispose() => turn.Dispose();

    private TimeSpan? Wait()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Fill(now);
            if (now < pausedUntil)
                return pausedUntil - now;

            // Sums of fractions: almost one is one.
            if (tokens < 1 - 1e-6)
                return TimeSpan.FromSeconds((1 - tokens) / (rate * Filling)) + TimeSpan.FromMilliseconds(1);

            tokens -= 1;
            return null;
        }
    }

    private void Fill(DateTimeOffset now)
    {
        tokens = Math.Min(Math.Max(1, limit * Holding), tokens + Math.Max(0, (now - filledAt).TotalSeconds) * rate * Filling);
        filledAt = now;
    }
}
