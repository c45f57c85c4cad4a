using System.Runtime.CompilerServices;

namespace Podcast.Emulators.Ittybit.State;

/// <summary>Works on the items of a queue in the state file, several at the same time, until the host stops.</summary>
/// <param name="places">The maximum number of items at the same time.</param>
/// <param name="claim">Takes the next item and marks it as taken; null if there is none.</param>
/// <param name="work">Works on one item. It may throw only when it is stopped; the next start requeues the item.</param>
/// <param name="idle">The time to wait for <paramref name="signal"/> before the queue is read again.</param>
internal sealed class WorkLoop<T>(
    int places, Func<T?> claim, Func<T, CancellationToken, Task> work, Func<TimeSpan> idle, Signal signal, TimeProvider clock)
    where T : class
{
    public async Task Run(CancellationToken stopping)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = places, CancellationToken = stopping };
        try
        {
            await Parallel.ForEachAsync(Items(stopping), options, Work);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async IAsyncEnumerable<T> Items([EnumeratorCancellation] CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (claim() is { } item)
                yield return item;
            else
                await signal.Wait(idle(), clock, stopping);
        }
    }

    private async ValueTask Work(T item, CancellationToken stopping)
    {
        await work(item, stopping);
        signal.Set(); // the next item may have waited for this one
    }
}

/// <summary>Wakes a waiting loop because there may be work. Several signals before the next wait count as one.</summary>
internal sealed class Signal
{
    private volatile TaskCompletionSource set = New();

    public void Set() => set.TrySetResult();

    /// <summary>Waits for the signal, but not longer than <paramref name="limit"/>. A cancellation ends the wait too.</summary>
    public async Task Wait(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        await set.Task.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        set = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
