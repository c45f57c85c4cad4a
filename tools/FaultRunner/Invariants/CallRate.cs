using Podcast.FaultRunner.Evidence;

namespace Podcast.FaultRunner.Invariants;

/// <summary>Checks that all processes together stay within the configured rate of provider calls in every second.</summary>
internal static class CallRate
{
    private const long Window = 1000;

    public static IEnumerable<string> Violations(RunEvidence run)
    {
        if (run.Rate is { } rate && Peak(run.Calls) is var peak && peak > rate)
            yield return $"{peak} calls in one second, where {rate} are allowed";
    }

    public static string Measure(RunEvidence run) =>
        $"{run.Calls.Count} calls, at most {Peak(run.Calls)} in a second{(run.Rate is null ? "; no limit was set" : "")}";

    private static int Peak(IReadOnlyList<long> times)
    {
        var (peak, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= Window)
                first++;
            peak = Math.Max(peak, last - first + 1);
        }

        return peak;
    }
}
