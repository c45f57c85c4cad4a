using System.Collections.Concurrent;
using System.Diagnostics;

namespace Podcast.Hosting.Tests;

/// <summary>The sample service as a process of its own.</summary>
internal sealed class SampleProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];
    private readonly ConcurrentQueue<string> errors = [];

    private SampleProcess(string[] args, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SampleProcess).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Output => [.. output];

    public IReadOnlyList<string> Errors => [.. errors];

    public static SampleProcess Start(string[] args, params (string Name, string Value)[] environment) => new(args, environment);

    public Task Says(string words) => Eventually.Holds(
        () => output.Any(line => line.Contains(words, StringComparison.Ordinal)),
        $"\"{words}\" in {string.Join('\n', output.Concat(errors))}",
        TimeSpan.FromMinutes(1));

    /// <summary>Where it listens.</summary>
    public async Task<Uri> Address()
    {
        const string mark = "Now listening on: ";
        await Says(mark);
        var line = output.First(line => line.Contains(mark, StringComparison.Ordinal));
        return new Uri(line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].Split('"')[0]);
    }

    /// <summary>As an orchestrator of containers does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();

    /// <summary>As lack of memory does.</summary>
    public void Kill() => process.Kill();

    public async Task<int> ExitCode()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
