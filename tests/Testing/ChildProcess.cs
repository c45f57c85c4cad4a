using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Podcast.Testing;

/// <summary>A child process with its output in a file. It can be sent signals and does not outlive this process.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string log;
    private readonly Lock gate = new();
    private bool reaped;

    /// <param name="log">The file to which the output is appended.</param>
    /// <param name="environment">The variables to set in addition to the inherited ones.</param>
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

    /// <summary>The current working set, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Completes with the exit code when the process ends; 128 + the signal's number if a signal killed it.</summary>
    public Task<int> Ended { get; }

    public bool IsRunning => !Ended.IsCompleted;

    public string Output => File.Exists(log) ? File.ReadAllText(log) : "";

    /// <summary>Runs a program until it exits.</summary>
    /// <returns>The output of the program.</returns>
    /// <exception cref="InvalidOperationException">The program exceeded the time limit or its exit code was not 0; the message
    /// contains the output.</exception>
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

    /// <summary>Sends a signal, unless the process has ended.</summary>
    public void Send(Signal signal)
    {
        lock (gate)
        {
            if (!reaped && !process.HasExited)
                _ = Kill(Id, (int)signal);
        }
    }

    /// <summary>
    /// Sends <paramref name="signal"/> and waits for the exit; after <paramref name="patience"/> it sends SIGKILL.
    /// </summary>
    public async Task<int> End(Signal signal, TimeSpan patience)
    {
        Send(signal);
        if (await Task.WhenAny(Ended, Task.Delay(patience)) != Ended)
            Send(Signal.Kill);
        return await Ended;
    }

    /// <summary>Kills the process with SIGKILL.</summary>
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

/// <summary>Signals, with their numbers on Linux.</summary>
public enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
