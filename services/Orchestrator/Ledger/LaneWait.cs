namespace Podcast.Orchestrator.Ledger;

/// <summary>Deadlines are extended by the time in which the provider cannot be called.</summary>
internal static class LaneWait
{
    /// <summary>
    /// The time that a wait until <paramref name="until"/> adds to the known one; overlapping waits count once.
    /// </summary>
    public static TimeSpan Beyond(DateTimeOffset? known, DateTimeOffset until, DateTimeOffset now)
    {
        var since = known > now ? known.Value : now;
        return until > since ? until - since : TimeSpan.Zero;
    }
}
