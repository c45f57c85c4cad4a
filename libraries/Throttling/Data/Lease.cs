namespace Podcast.Throttling.Data;

/// <summary>Permits that the database has granted to this process.</summary>
/// <param name="Count">The number of permits.</param>
/// <param name="IsProbe">True if the lane is paused and this is the one call of the refused kind that probes it.</param>
/// <param name="End">Seconds from now to the end of the last permit.</param>
/// <param name="Each">Seconds per permit.</param>
internal sealed record Lease(int Count, bool IsProbe, double End, double Each)
{
    /// <summary>The time from now to the start of a permit, counted from 0; negative if it has started.</summary>
    public TimeSpan Until(int permit) => TimeSpan.FromSeconds(End - ((Count - permit) * Each));
}
