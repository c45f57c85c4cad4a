using System.Threading.Channels;

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
            await Try(work, interval, logger, stopping);
    }

    /// <summary>Does it also as soon as <paramref name="wakeUp"/> is set; the interval goes on meanwhile.</summary>
    /// <inheritdoc cref="Run(Func{CancellationToken, Task}, TimeSpan, TimeProvider, ILogger, CancellationToken)"/>
    public static Task Run(
        Func<CancellationToken, Task> work, TimeSpan interval, WakeUp wakeUp, TimeProvider clock, ILogger logger,
        CancellationToken stopping)
    {
        return Task.WhenAll(Tick(), Work());

        async Task Tick()
        {
            using var timer = new PeriodicTimer(interval, clock);
            while (await timer.WaitForNextTickAsync(stopping))
                wakeUp.Set();
        }

        async Task Work()
        {
            while (true)
            {
                await wakeUp.Wait(stopping);
                await Try(work, interval, logger, stopping);
            }
        }
    }

    private static async Task Try(
        Func<CancellationToken, Task> work, TimeSpan interval, ILogger logger, CancellationToken stopping)
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

/// <summary>Wakes one background service. Set while nobody waits, it wakes who waits next.</summary>
public sealed class WakeUp
{
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(1);

    /// <summary>Wakes the service; nothing more if it is set already.</summary>
    public void Set() => signal.Writer.TryWrite(true);

    /// <summary>Waits until it is set, and unsets it.</summary>
    public async Task Wait(CancellationToken cancellationToken) => await signal.Reader.ReadAsync(cancellationToken);
}
