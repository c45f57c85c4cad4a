namespace Podcast.Hosting;

/// <summary>The loop of a background service that does the same thing again and again.</summary>
public static class Periodic
{
    /// <summary>
    /// Does <paramref name="work"/> after every <paramref name="interval"/> until the service stops. A failure is logged, and the
    /// next time is as usual.
    /// </summary>
    public static async Task Run(
        Func<CancellationToken, Task> work, TimeSpan interval, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await work(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                logger.PeriodicWorkFailed(failure, interval);
            }
        }
    }
}
