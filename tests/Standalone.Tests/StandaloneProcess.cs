using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Podcast.Standalone.Tests;

/// <summary>Standalone as a process of its own, the way a user starts it.</summary>
internal sealed class StandaloneProcess : IDisposable
{
    /// <summary>Longest life, and longest start, that only a failure reaches.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly System.Diagnostics.Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private StandaloneProcess(string workingDirectory, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = System.Diagnostics.Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public static StandaloneProcess Start(
        string workingDirectory, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        new(workingDirectory, environment ?? new Dictionary<string, string>(), [typeof(CommandLine).Assembly.Location, .. arguments]);

    public static async Task<(int ExitCode, string Output, string Error)> Run(
        string workingDirectory, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var standalone = Start(workingDirectory, environment, arguments);
        return await standalone.End();
    }

    /// <summary>Runs <c>dotnet run --project apps/Standalone</c>, with what is built.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunProject(string workingDirectory, params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        using var standalone = new StandaloneProcess(
            workingDirectory,
            new Dictionary<string, string>(),
            ["run", "--no-build", "--configuration", configuration, "--project", Project(), "--", .. arguments]);
        return await standalone.End();
    }

    public async Task<(int ExitCode, string Output, string Error)> End()
    {
        var end = process.WaitForExitAsync();
        if (await Task.WhenAny(end, Task.Delay(Limit)) != end)
            throw new TimeoutException($"Standalone did not end within {Limit}.");
        return (process.ExitCode, await output, await error);
    }

    public bool HasExited => process.HasExited;

    /// <summary>SIGKILL. Returns when it is gone: what it writes to may be removed then.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private static string Project([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(thisFile, "../../../apps/Standalone"));
}
