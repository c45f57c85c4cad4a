namespace Podcast.Emulators.Ittybit.State;

/// <summary>Takes items from a queue in the state file, as many at once as there are places, for as long as the host runs.</summary>
/// <param name="places">Items at once.</param>
/// <param name="claim">The next item, marked as taken; null when there is none.</param>
/// <param name="work">Works on one item; it must not throw, unless stopped.</param>
/// <param name="idle">How long nothing can be due unless <paramref name="signal"/> says so.</param>
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
                await free.WaitAsync(CancellationToken.None); // until the last item is put down
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
            // it is still marked as taken: the next start takes it up again
        }
        finally
        {
            free.Release();
            signal.Set();
        }
    }
}
