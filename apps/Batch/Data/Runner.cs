using System.Diagnostics;

namespace Podcast.Batch.Data;

/// <summary>Who works on a table.</summary>
/// <param name="RunId">Of this run.</param>
/// <param name="Started">Unix seconds; tells this process from a later one with the same pid.</param>
internal sealed record Runner(string RunId, string Host, int Pid, long Started)
{
    // The kernel counts from its own start, and what that was is computed anew by each process that asks.
    private const int Inexact = 5;

    public static Runner Me()
    {
        using var process = Process.GetCurrentProcess();
        return new Runner(Guid.NewGuid().ToString("N"), Environment.MachineName, process.Id, StartOf(process));
    }

    /// <summary>Whether that process is gone for sure: only where it was on this machine can we tell.</summary>
    public bool IsGone()
    {
        if (Host != Environment.MachineName)
            return false;

        // A container starts again with the same name and the same pid: whoever had it was before us.
        if (Pid == Environment.ProcessId)
            return true;

        try
        {
            using var process = Process.GetProcessById(Pid);
            return Math.Abs(StartOf(process) - Started) > Inexact;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();
}
