using System.Diagnostics;

namespace Podcast.Batch.Data;

/// <summary>The run that works on a table, and its process.</summary>
/// <param name="Started">The start of the process in Unix seconds, which tells it from a later one with the same pid.</param>
internal sealed record Runner(string RunId, string Host, int Pid, long Started)
{
    public static Runner Me()
    {
        using var process = Process.GetCurrentProcess();
        return new Runner(Guid.NewGuid().ToString("N"), Environment.MachineName, process.Id, StartOf(process));
    }

    /// <summary>True if that process is certainly gone, which can only be known for processes of this machine.</summary>
    public bool IsGone()
    {
        try
        {
            // A restarted container may have the same name and pid, so the earlier holder of our pid is gone. Start times differ
            // by a few seconds, because they are relative to the boot time, which each process computes anew.
            using var process = Process.GetProcessById(Pid);
            return Host == Environment.MachineName && (Pid == Environment.ProcessId || Math.Abs(StartOf(process) - Started) > 5);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return Host == Environment.MachineName;
        }
    }

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();
}
