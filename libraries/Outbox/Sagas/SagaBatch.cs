namespace Podcast.Outbox;

/// <summary>The messages that a saga handles in one transaction. A payload of the context of each.</summary>
public sealed class SagaBatch
{
    private readonly Dictionary<object, (Flow Flow, Func<Task> Work)> last = [];
    private readonly Dictionary<object, object> collected = [];

    internal SagaBatch()
    {
    }

    /// <summary>
    /// Runs <paramref name="work"/> after all messages and before the save. It replaces what an earlier message registered under the
    /// same key, so that something that sums up several messages is made once.
    /// </summary>
    /// <param name="key">What the work is about; compared by value.</param>
    /// <param name="work">May change instances and publish with the context of its message.</param>
    public void AtEnd(object key, Func<Task> work) => last[key] = (Flow.Capture(), work);

    /// <summary>Runs <paramref name="work"/> once at the end, with the items of all messages in their order.</summary>
    /// <inheritdoc cref="AtEnd" path="/param"/>
    /// <param name="item">What this message adds.</param>
    public void AtEnd<T>(object key, T item, Func<IReadOnlyList<T>, Task> work)
    {
        if (!collected.TryGetValue(key, out var items))
            collected[key] = items = new List<T>();
        ((List<T>)items).Add(item);
        AtEnd(key, () => work((List<T>)items));
    }

    internal async Task End()
    {
        foreach (var (flow, work) in last.Values)
            await flow.Run(work);
    }
}

/// <summary>Reaches the batch from a saga's activities.</summary>
public static class SagaBatchExtensions
{
    /// <summary><see cref="SagaBatch.AtEnd"/>, or at once where the saga's repository knows no batches, as that in memory.</summary>
    public static Task AtEndOfBatch(this PipeContext context, object key, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(work);
        if (!context.TryGetPayload(out SagaBatch? batch))
            return work();

        batch.AtEnd(key, work);
        return Task.CompletedTask;
    }
}
