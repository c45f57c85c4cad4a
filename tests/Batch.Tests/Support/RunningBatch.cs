using System.Diagnostics;
using System.Text;
using Podcast.Batch.Cli;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Support;

/// <summary>The real program in a process of its own, to be interrupted or killed.</summary>
public sealed class RunningBatch : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    internal RunningBatch(string[] arguments, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => process.Id;

    public string Out
    {
        get { lock (output) return output.ToString(); }
    }

    public string Error
    {
        get { lock (errors) return errors.ToString(); }
    }

    /// <summary>Waits until it has printed <paramref name="text"/>.</summary>
    public Task Says(string text) => Eventually.Holds(
        () => Out.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal)
            || (process.HasExited ? throw new InvalidOperationException($"It ended without '{text}': {Out}{Error}") : false),
        $"the program says '{text}'");

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>kill -9.</summary>
    public void Kill() => process.Kill();

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<Outcome> Ends(TimeSpan? limit = null)
    {
        using var patience = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end: {Out}{Error}");
        }

        return new Outcome(process.ExitCode, Out, Error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static void Keep(StringBuilder to, string? line)
    {
        if (line is null)
            return;
        lock (to) to.Append(line).Append('\n');
    }
}
