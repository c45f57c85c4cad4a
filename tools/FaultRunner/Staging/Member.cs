using System.Collections.Concurrent;
using Podcast.Testing;

namespace Podcast.FaultRunner.Staging;

/// <summary>
/// A process of the fleet, which can be started, ended, paused and cut off. If it ends by itself, that is recorded and it is
/// started again.
/// </summary>
internal sealed class Member(
    string name, Uri address, Lines? lines, IReadOnlyDictionary<string, string> environment, string log, params string[] command) : IAsyncDisposable
{
    /// <summary>The environment variable that names the point in the code at which the process kills itself.</summary>
    private const string StopAt = "PODCAST_STOP_AT";

    private static readonly TimeSpan moment = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly ConcurrentQueue<string> endsByItself = [];
    private ChildProcess? process;
    private int pointsReached;
    private bool isOver;

    public string Name => name;

    public Uri Address => address;

    public Lines? Lines => lines;

    /// <summary>The exits that were not requested.</summary>
    public IReadOnlyCollection<string> EndsByItself => endsByItself;

    /// <summary>How often the process killed itself at the requested point.</summary>
    public int PointsReached => pointsReached;

    public bool IsUp
    {
        get { lock (gate) return process is { IsRunning: true }; }
    }

    /// <summary>Starts the process if it is down.</summary>
    /// <param name="stopAt">The point at which the process kills itself, such as <c>outbox:committed#3</c>; null: none.</param>
    public void Start(string? stopAt = null)
    {
        lock (gate)
        {
            if (process is not null || isOver)
                return;

            process = new ChildProcess(log, stopAt is null ? environment : new Dictionary<string, string>(environment) { [StopAt] = stopAt }, command);
            _ = Watch(process, stopAt is not null);
        }
    }

    /// <summary>Ends the process. It stays down until <see cref="Start"/>.</summary>
    /// <returns>The exit code; null if the process was down.</returns>
    public async Task<int?> End(Signal signal)
    {
        ChildProcess? ending;
        lock (gate)
            (ending, process) = (process, null);
        if (ending is null)
            return null;

        ending.Send(Signal.Continue); // a stopped process reacts to no signal but SIGKILL
        return await ending.End(signal, TimeSpan.FromSeconds(30));
    }

    public void Send(Signal signal)
    {
        lock (gate) process?.Send(signal);
    }

    /// <summary>Waits until the health endpoint answers 2xx.</summary>
    /// <exception cref="TimeoutException">The process did not become ready in time.</exception>
    public Task Ready(TimeSpan limit) => Eventually.Holds(IsReady, $"{name} is ready ({log})", limit);

    public async Task<bool> IsReady()
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var answer = await client.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate) isOver = true;
        await End(Signal.Kill);
        lines?.Dispose();
    }

    private async Task Watch(ChildProcess watched, bool mayStop)
    {
        var code = await watched.Ended;
        lock (gate)
        {
            if (process != watched)
                return; // End was called

            process = null;
        }

        if (mayStop && code == 128 + (int)Signal.Kill)
            Interlocked.Increment(ref pointsReached);
        else
            endsByItself.Enqueue($"{name} ended by itself with exit code {code}");
        await Task.Delay(moment);
        Start();
    }
}
