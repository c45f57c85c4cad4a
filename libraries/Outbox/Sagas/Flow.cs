namespace Podcast.Outbox;

/// <summary>The trace and the log scopes of a message, for work on it that another one's task does.</summary>
internal readonly struct Flow
{
    private readonly ExecutionContext? captured;

    private Flow(ExecutionContext? captured) => this.captured = captured;

    public static Flow Capture() => new(ExecutionContext.Capture());

    public Task Run(Func<Task> work)
    {
        if (captured is null)
            return work();

        var running = Task.CompletedTask;
        ExecutionContext.Run(captured, _ => running = work(), null);
        return running;
    }
}
