using System.Diagnostics;

namespace Podcast.Batch.Data;

/// <summary>The run that works on a table, and its process.</summary>
/// <param name="Started">The start of the process in Unix seconds, which tells it from a later one with the same pid.</param>
internal sealed record Runner(string RunId, string Host, int Pid, long Started)
{
    // The tolerance in seconds. Start times are relative to the boot time, which each process computes anew.
    private const int Inexact = 5;

    public static Runner Me()
    {
        using var process = Process.GetCurrentProcess();
        return new Runner(Guid.NewGuid().ToString("N"), Environment.MachineName, process.Id, StartOf(process));
    }

    /// <summary>True if that process is certainly gone, which can only be known for processes of this machine.</summary>
    public bool IsGone()
    {
        if (Host != Environment.MachineName)
            return false;

        // A restarted container may have the same name and pid, so the earlier holder of our pid is gone.
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
