using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Podcast.Testing;

/// <summary>A process of ours: its output is in a file, it can be sent signals, and it does not outlive us.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string log;
    private readonly Lock gate = new();
    private bool reaped;

    /// <param name="log">The file that its output is appended to.</param>
    /// <param name="environment">Set beside our own.</param>
    /// <param name="command">The program and its arguments.</param>
    public ChildProcess(string log, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        this.log = log;
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. command]) { WorkingDirectory = "/" };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        process = Process.Start(start)!;
        ProcessReaper.Born(Id);
        Ended = Watch();
    }

    public int Id => process.Id;

    /// <summary>Bytes of memory that it has now.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Its exit code, once it has ended; 128 + the signal's number when that killed it.</summary>
    public Task<int> Ended { get; }

    public bool IsRunning => !Ended.IsCompleted;

    public string Output => File.Exists(log) ? File.ReadAllText(log) : "";

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It took too long, or its exit code was not 0; the message has its output.</exception>
    public static async Task<string> Run(TimeSpan limit, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var log = Path.GetTempFileName();
        try
        {
            await using var child = new ChildProcess(log, environment, command);
            if (await Task.WhenAny(child.Ended, Task.Delay(limit)) != child.Ended)
                throw new InvalidOperationException($"{command[0]} took longer than {limit}: {child.Output}");

            return await child.Ended == 0
                ? child.Output
                : throw new InvalidOperationException($"{command[0]} ended with {await child.Ended}: {child.Output}");
        }
        finally
        {
            File.Delete(log);
        }
    }

    /// <summary>Does nothing to a process that has ended.</summary>
    public void Send(Signal signal)
    {
        lock (gate)
        {
            if (!reaped && !process.HasExited)
                _ = Kill(Id, (int)signal);
        }
    }

    /// <summary>Sends <paramref name="signal"/> and waits for the end; after <paramref name="patience"/> it is killed.</summary>
    public async Task<int> End(Signal signal, TimeSpan patience)
    {
        Send(signal);
        if (await Task.WhenAny(Ended, Task.Delay(patience)) != Ended)
            Send(Signal.Kill);
        return await Ended;
    }

    /// <summary>SIGKILL.</summary>
    public async ValueTask DisposeAsync() => await End(Signal.Kill, Timeout.InfiniteTimeSpan);

    private async Task<int> Watch()
    {
        await process.WaitForExitAsync();
        ProcessReaper.Died(Id);
        lock (gate)
        {
            reaped = true;
            return process.ExitCode;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

/// <summary>Signals by their numbers on Linux.</summary>
public enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
