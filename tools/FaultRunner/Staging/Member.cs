using System.Collections.Concurrent;
using Podcast.Testing;

namespace Podcast.FaultRunner.Staging;

/// <summary>One service process, with all that can be done to it. One that ends by itself is started again, and that is noted.</summary>
internal sealed class Member(
    string name, Uri address, Lines? lines, IReadOnlyDictionary<string, string> environment, string log, params string[] command) : IAsyncDisposable
{
    /// <summary>The environment variable that names the place where a process is to kill itself.</summary>
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

    /// <summary>Ends that nobody asked for.</summary>
    public IReadOnlyCollection<string> EndsByItself => endsByItself;

    /// <summary>How often it killed itself at a place that it was told.</summary>
    public int PointsReached => pointsReached;

    public bool IsUp
    {
        get { lock (gate) return process is { IsRunning: true }; }
    }

    /// <summary>Starts it, if it is down.</summary>
    /// <param name="stopAt">Where it is to kill itself, such as <c>outbox:committed#3</c>.</param>
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

    /// <summary>Ends it, until <see cref="Start"/>.</summary>
    /// <returns>Its exit code; null when it was down.</returns>
    public async Task<int?> End(Signal signal)
    {
        ChildProcess? ending;
        lock (gate)
            (ending, process) = (process, null);
        if (ending is null)
            return null;

        ending.Send(Signal.Continue); // one that is stopped would hear of nothing but a kill
        return await ending.End(signal, TimeSpan.FromSeconds(30));
    }

    public void Send(Signal signal)
    {
        lock (gate) process?.Send(signal);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
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
                return; // somebody ended it

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
