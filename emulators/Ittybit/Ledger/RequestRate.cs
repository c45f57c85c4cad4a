namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>Computes peak rates in sliding windows.</summary>
internal static class RequestRate
{
    /// <summary>The highest number of events in any half-open window of that length.</summary>
    /// <param name="times">The times in ascending order, in the unit of <paramref name="window"/>.</param>
    public static int Peak(IReadOnlyList<long> times, long window)
    {
        var (peak, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= window)
                first++;
            peak = Math.Max(peak, last - first + 1);
        }

        return peak;
    }
}
