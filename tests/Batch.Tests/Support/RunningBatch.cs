using System.Diagnostics;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Support;

/// <summary>The real program in a process of its own, to be interrupted or killed. It does not outlive its test, nor the tests' process.</summary>
public sealed class RunningBatch : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ChildProcess process;

    internal RunningBatch(string[] arguments, IReadOnlyDictionary<string, string?> settings) => process = new ChildProcess(
        directory["out"],
        settings.Where(setting => setting.Value is not null).ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!),
        [
            // Tests that were begun in the background have inherited that Ctrl-C is nothing to them; the program's is to count.
            "env", "--default-signal=INT", "/bin/sh", "-c", "exec \"$@\" 2>>\"$0\"", directory["error"],
            "dotnet", ServiceProcess.Assembly("Batch"), .. arguments,
        ]);

    public int Pid => process.Id;

    public bool IsRunning => process.IsRunning;

    public string Out => process.Output;

    public string Error => File.Exists(directory["error"]) ? File.ReadAllText(directory["error"]) : "";

    /// <summary>Waits until it has printed <paramref name="text"/>.</summary>
    public Task Says(string text) => Eventually.Holds(
        () =>
        {
            var hasEnded = !process.IsRunning;
            return Out.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal)
                || (hasEnded ? throw new InvalidOperationException($"It ended without '{text}': {Out}{Error}") : false);
        },
        $"the program says '{text}'",
        BatchScenario.Limit);

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => process.Send(Signal.Interrupt);

    /// <summary>kill -9.</summary>
    public void Kill() => process.Send(Signal.Kill);

    public async Task<Outcome> Ends(TimeSpan? limit = null)
    {
        var time = Stopwatch.StartNew();
        while (process.IsRunning)
        {
            if (time.Elapsed > (limit ?? BatchScenario.Limit))
                throw new TimeoutException($"The program did not end: {Out}{Error}");
            await Task.WhenAny(process.Ended, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        return new Outcome(await process.Ended, Out, Error);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        directory.Dispose();
    }
}
