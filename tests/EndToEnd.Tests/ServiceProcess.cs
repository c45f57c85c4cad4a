using System.Collections.Concurrent;
using System.Diagnostics;
using Podcast.Testing;

namespace Podcast.EndToEnd.Tests;

/// <summary>One service as a process of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];

    private ServiceProcess(string service, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        Service = service;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"Podcast.{service}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Service { get; }

    public string Output => string.Join('\n', output);

    /// <summary>Runs <c>migrate</c> to its end.</summary>
    public static async Task Migrate(string service, IReadOnlyDictionary<string, string> environment)
    {
        await using var migration = new ServiceProcess(service, environment, "migrate");
        await migration.process.WaitForExitAsync();
        migration.process.ExitCode.ShouldBe(0, migration.Output);
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServiceProcess> Start(string service, Uri address, IReadOnlyDictionary<string, string> environment)
    {
        var started = new ServiceProcess(service, environment, "--urls", address.ToString());
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.Holds(
            async () =>
            {
                started.process.HasExited.ShouldBeFalse($"{service} ended:\n{started.Output}");
                try
                {
                    return (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            $"{service} is ready", TimeSpan.FromMinutes(2));
        return started;
    }

    /// <summary>SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
