namespace Podcast.Orchestrator.Ledger;

/// <summary>Time in which the provider cannot be asked is taken from no deadline.</summary>
internal static class LaneWait
{
    /// <summary>What a wait until <paramref name="until"/> adds to the one that is known; waits that overlap count once.</summary>
    public static TimeSpan Beyond(DateTimeOffset? known, DateTimeOffset until, DateTimeOffset now)
    {
        var since = known > now ? known.Value : now;
        return until > since ? until - since : TimeSpan.Zero;
    }
}
