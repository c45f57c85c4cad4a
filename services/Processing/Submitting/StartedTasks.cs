namespace Podcast.Processing.Submitting;

/// <summary>
/// Tells the orchestrator of accepted tasks. Those of an episode are requested by a command each at the same time, so the first that
/// is accepted waits a moment for the others, and one message brings all.
/// </summary>
internal sealed class StartedTasks(IOptions<ProcessingOptions> options, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Group> waiting = [];

    /// <summary>Returns when the broker has confirmed a message with this task.</summary>
    /// <exception cref="OperationCanceledException">The process is stopping, or the delivery is no longer ours.</exception>
    public async Task Tell(ConsumeContext context, Guid episodeId, StartedTask task)
    {
        Group? group;
        bool isFirst;
        lock (gate)
        {
            isFirst = !waiting.TryGetValue(episodeId, out group);
            if (isFirst)
                waiting[episodeId] = group = new Group();
            group!.Tasks.Add(task);
        }

        if (isFirst)
            await TellAll(context, episodeId, group);
        else if (!await group.IsTold.Task.WaitAsync(context.CancellationToken))
            await Publish(context, episodeId, [task]);
    }

    private async Task TellAll(ConsumeContext context, Guid episodeId, Group group)
    {
        var isTold = false;
        try
        {
            await WaitForOthers(context, episodeId);
            await Publish(context, episodeId, group.Tasks);
            isTold = true;
        }
        finally
        {
            group.IsTold.SetResult(isTold); // if not, each of the others publishes its own
        }
    }

    private async Task WaitForOthers(ConsumeContext context, Guid episodeId)
    {
        try
        {
            if (options.Value.StartedDelay > TimeSpan.Zero)
                await Task.Delay(options.Value.StartedDelay, clock, context.CancellationToken);
        }
        finally
        {
            lock (gate)
                waiting.Remove(episodeId);
        }
    }

    private Task Publish(ConsumeContext context, Guid episodeId, List<StartedTask> tasks)
    {
        var (kind, attempt, taskId) = tasks[0];
        var started = new TaskStarted(episodeId, kind, attempt, taskId, clock.GetUtcNow(), tasks.Count > 1 ? [.. tasks.Skip(1)] : null);
        return context.PublishUntilConfirmed(started, clock);
    }

    /// <summary>Accepted tasks of an episode that the next message brings.</summary>
    private sealed class Group
    {
        public List<StartedTask> Tasks { get; } = [];

        public TaskCompletionSource<bool> IsTold { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
