using System.Threading.Channels;

namespace Podcast.Emulators.Transistor;

/// <summary>Does what no request waits for, a few things at the same time: fetching audio and sending webhooks.</summary>
internal sealed class BackgroundWork : BackgroundService
{
    private readonly Channel<Func<CancellationToken, Task>> queue = Channel.CreateUnbounded<Func<CancellationToken, Task>>();

    /// <param name="work">It throws only when it is stopped.</param>
    public void Add(Func<CancellationToken, Task> work) => queue.Writer.TryWrite(work);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(
            queue.Reader.ReadAllAsync(stoppingToken), options, async (work, stopping) => await work(stopping))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
