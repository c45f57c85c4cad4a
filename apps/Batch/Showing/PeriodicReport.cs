namespace Podcast.Batch.Showing;

/// <summary>Reports on work every 5 s while it runs, and once when it has ended.</summary>
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
