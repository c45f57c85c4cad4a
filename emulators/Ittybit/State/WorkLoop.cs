namespace Podcast.Emulators.Ittybit.State;

/// <summary>Works on the items of a queue in the state file, several at the same time, until the host stops.</summary>
/// <param name="places">The maximum number of items at the same time.</param>
/// <param name="claim">Takes the next item and marks it as taken; null if there is none.</param>
/// <param name="work">Works on one item. It may throw only when it is stopped.</param>
/// <param name="idle">The time to wait for <paramref name="signal"/> before the queue is read again.</param>
internal sealed class WorkLoop<T>(
    int places, Func<T?> claim, Func<T, CancellationToken, Task> work, Func<TimeSpan> idle, Signal signal, TimeProvider clock)
    where T : class
{
    public async Task Run(CancellationToken stopping)
    {
        using var free = new SemaphoreSlim(places, places);
        try
        {
            while (true)
            {
                await free.WaitAsync(stopping);
                if (claim() is { } item)
                {
                    _ = Work(item, free, stopping);
                    continue;
                }

                free.Release();
                await signal.Wait(idle(), clock, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            for (var place = 0; place < places; place++)
                await free.WaitAsync(CancellationToken.None); // wait until no item is in work
        }
    }

    private async Task Work(T item, SemaphoreSlim free, CancellationToken stopping)
    {
        try
        {
            await Task.Yield();
            await work(item, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The item stays marked as taken; the next start requeues it.
        }
        finally
        {
            free.Release();
            signal.Set();
        }
    }
}
