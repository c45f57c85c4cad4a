namespace Podcast.Batch.Showing;

/// <summary>Tells of work at intervals while it goes on, and once when it is over.</summary>
internal static class PeriodicReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static async Task Of(Func<Task> work, Action tell, TimeProvider clock)
    {
        var running = work();
        using var over = new CancellationTokenSource();
        while (!running.IsCompleted && await Task.WhenAny(running, Task.Delay(Interval, clock, over.Token)) != running)
            tell();
        await over.CancelAsync();
        tell();
        await running;
    }
}
