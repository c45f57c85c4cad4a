namespace Podcast.Batch.Sending;

/// <summary>
/// A token bucket that admits at most <c>10 × limit</c> requests in any 10 s, even across a kill and a restart: it fills slightly
/// slower than the limit, holds few tokens, and starts empty. A 429 halves the rate, a successful response raises it again.
/// </summary>
internal sealed class AdaptiveRateLimiter : IDisposable
{
    // Per 10 s, as a multiple of the limit: 9.5 tokens from filling and 0.25 from the stored ones. The remaining 0.25 allows for
    // requests whose transit times differ.
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

    /// <summary>The configured maximum, in requests per second.</summary>
    public double Limit => limit;

    /// <summary>The current rate, in requests per second.</summary>
    public double Rate
    {
        get { lock (gate) return rate; }
    }

    /// <summary>No request is sent before this time. Lies in the past when the limiter is not paused.</summary>
    public DateTimeOffset PausedUntil
    {
        get { lock (gate) return pausedUntil; }
    }

    /// <summary>Waits for one token. Callers are served in the order in which they came.</summary>
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

    /// <summary>
    /// Called after a refusal: pauses for the time that Ittybit asked for (1 s if it named none) and halves the rate.
    /// </summary>
    public void Slow(TimeSpan? asked)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var until = now + (asked > TimeSpan.Zero ? asked.Value : UnaskedPause);
            pausedUntil = until > pausedUntil ? until : pausedUntil;
            if (now - cutAt < OneCut)
                return;

            // Concurrent requests are refused together, so refusals within one second count as one.
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

            // The tolerance absorbs rounding errors of the summed fractions.
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
