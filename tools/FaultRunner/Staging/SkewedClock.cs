using System.Globalization;

namespace Podcast.FaultRunner.Staging;

/// <summary>
/// Environment variables that make libfaketime move a process's clock; timers and waits are left alone. Not its variant for many threads:
/// that takes one lock for each reading, which costs a service most of its time.
/// </summary>
internal static class SkewedClock
{
    /// <summary>Odd processes are ahead and even ones behind.</summary>
    /// <exception cref="InvalidOperationException">libfaketime is not installed.</exception>
    public static IReadOnlyDictionary<string, string> Of(int number, TimeSpan skew) => skew == TimeSpan.Zero
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library(),
            ["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{(number % 2 == 1 ? '+' : '-')}{skew.TotalSeconds:0}"),
            ["FAKETIME_CACHE_DURATION"] = "1000000", // seconds: only reading the difference anew is not safe for many threads
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0", // with its work-around for an older glibc, waits end at once and the process only spins
            ["FAKETIME_DISABLE_SHM"] = "1", // a process that is killed would leave its shared memory behind
            ["NO_FAKE_STAT"] = "1",
        };

    private static string Library() =>
        Directory.GetDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(folder => Path.Combine(folder, "libfaketime.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Clocks that differ need Debian's package libfaketime; --clock-skew 0 runs without.");
}
