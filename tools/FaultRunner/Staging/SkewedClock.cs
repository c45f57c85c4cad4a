using System.Globalization;

namespace Podcast.FaultRunner.Staging;

/// <summary>
/// Environment variables that let libfaketime shift a process's clock without affecting timers and waits. Not libfaketimeMT: it
/// takes a lock for each reading of the clock, which costs a service most of its time.
/// </summary>
internal static class SkewedClock
{
    /// <summary>The variables for the process with this number: odd numbers are ahead, even ones behind.</summary>
    /// <exception cref="InvalidOperationException">libfaketime is not installed.</exception>
    public static IReadOnlyDictionary<string, string> Of(int number, TimeSpan skew) => skew == TimeSpan.Zero
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library(),
            ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{(number % 2 == 1 ? '+' : '-')}{skew.TotalSeconds:0}"),
            ["FAKETIME_CACHE_DURATION"] = "1000000", // seconds: re-reading the offset is not thread-safe
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0", // 1 (for an old glibc) ends waits at once: the process spins
            ["FAKETIME_DISABLE_SHM"] = "1", // a killed process would leave its shared memory behind
            ["NO_FAKE_STAT"] = "1",
        };

    private static string Library() =>
        Directory.GetDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(folder => Path.Combine(folder, "libfaketime.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Clocks that differ need Debian's package libfaketime; --clock-skew 0 runs without.");
}
