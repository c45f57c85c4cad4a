using System.Collections.Concurrent;

namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>Lets the creating request of a task wait until the webhook about its end was sent.</summary>
internal sealed class EarlyEnds(TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    /// <summary>
    /// Call this before the task is created and await the result afterwards. It completes after 10 s at the latest.
    /// </summary>
    public Task Expect(string taskId, CancellationToken cancellationToken)
    {
        var told = waiting.GetOrAdd(taskId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return Wait(taskId, told, cancellationToken);
    }

    public void Told(string taskId)
    {
        if (waiting.TryGetValue(taskId, out var told))
            told.TrySetResult();
    }

    private async Task Wait(string taskId, TaskCompletionSource told, CancellationToken cancellationToken)
    {
        await told.Task.WaitAsync(Limit, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        waiting.TryRemove(taskId, out _);
    }
}
