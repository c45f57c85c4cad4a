namespace Podcast.Orchestrator.Ledger;

/// <summary>The waits of an episode. The jitter is derived from its id, so that repeated runs wait equally long.</summary>
internal sealed class RetrySchedule(OrchestratorOptions options, Guid episodeId, double? sourceSeconds)
{
    public int MaxRefusals => options.MaxRefusals;
    public int MaxAttempts(TaskKind kind) => options.MaxAttemptsOf(kind);
    public TimeSpan Deadline(TaskKind kind) => options.DeadlineOf(kind);

    /// <summary>The wait before the next try of a task.</summary>
    public TimeSpan Retry(TaskKind kind, int failures) => Retry(failures, options.RetryDelayOf(kind), options.MaxRetryDelayOf(kind));

    /// <summary>The wait before the next round of a follow-up.</summary>
    public TimeSpan Retry(int failures) => Retry(failures, options.RetryDelay, options.MaxRetryDelay);

    public TimeSpan Unanswered(int asks) => Grow(options.UnansweredAfter, 2, asks - 1, options.MaxRetryDelay);

    public TimeSpan Check(TaskKind kind, int checks)
    {
        var latest = Deadline(kind).TotalSeconds / 2;
        var usual = TimeSpan.FromSeconds(Math.Min((sourceSeconds ?? 0) * TaskDefinition.Of(kind).UsualShareOfLength, latest));
        var first = usual > options.CheckAfter ? usual : options.CheckAfter;
        return Jitter(Grow(first, 1.5, checks, options.MaxCheckGap), checks);
    }

    /// <summary>By how much a wait for the lane extends deadlines beyond the known wait; overlapping waits count once.</summary>
    public static TimeSpan Beyond(DateTimeOffset? known, DateTimeOffset until, DateTimeOffset now)
    {
        var since = known > now ? known.Value : now;
        return until > since ? until - since : TimeSpan.Zero;
    }

    private static TimeSpan Grow(TimeSpan first, double factor, int times, TimeSpan limit)
    {
        var grown = first.TotalSeconds * Math.Pow(factor, Math.Clamp(times, 0, 60));
        return TimeSpan.FromSeconds(Math.Min(grown, Math.Max(limit.TotalSeconds, first.TotalSeconds)));
    }

    private TimeSpan Retry(int failures, TimeSpan first, TimeSpan limit) => Jitter(Grow(first, 2, failures - 1, limit), failures);

    private TimeSpan Jitter(TimeSpan wait, int salt)
    {
        var drawn = (uint)((episodeId.GetHashCode() + salt) * 0x9E3779B1L) / (double)uint.MaxValue;
        return TimeSpan.FromMilliseconds(Math.Round(wait.TotalMilliseconds * (0.8 + 0.4 * drawn)));
    }
}
