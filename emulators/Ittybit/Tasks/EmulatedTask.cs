namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>The task states, for which each dialect has its own words.</summary>
internal enum TaskState
{
    Pending,
    Processing,
    Completed,
    Failed,
}

/// <summary>The record of a task; <see cref="Wire"/> writes it in a dialect.</summary>
internal sealed record EmulatedTask
{
    /// <summary>The number of the task in the order of creation.</summary>
    public long Number { get; init; }

    public required string Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The options of the request, including <c>ref</c>; answers echo them.</summary>
    public required JsonObject Options { get; init; }

    public string? Ref { get; init; }

    public Uri? WebhookUrl { get; init; }

    public Uri? SourceUrl { get; init; }

    /// <summary>The source if it is a stored file.</summary>
    public StoredFile? Input { get; init; }

    public string? Folder { get; init; }

    public string? Filename { get; init; }

    /// <summary>Scheme and host of the creating request, which the URLs in webhooks use.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The faults that the dial chose for the task.</summary>
    public required TaskFate Fate { get; init; }

    public TaskState State { get; init; }

    /// <summary>0 to 100.</summary>
    public int Progress { get; init; }

    public string? Error { get; init; }

    public StoredFile? Output { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>The task as it was at its creation, for the answer to the creating request.</summary>
    public EmulatedTask AtCreation() =>
        this with { State = TaskState.Pending, Progress = 0, Error = null, Output = null, Finished = null, Updated = Created };

    /// <summary>The task as a stale read shows it: still processing until <paramref name="lag"/> after its end.</summary>
    public EmulatedTask SeenAt(DateTimeOffset now, TimeSpan lag) =>
        Finished is { } finished && now - finished < lag
            ? this with { State = TaskState.Processing, Progress = Math.Min(Progress, 99), Error = null, Output = null, Finished = null }
            : this;
}

/// <summary>The status words of each generation.</summary>
internal static class TaskWords
{
    public static string Of(TaskState state, Dialect dialect) => (state, dialect) switch
    {
        (TaskState.Pending, Dialect.G0 or Dialect.G3) => "waiting",
        (TaskState.Pending, Dialect.G5) => "queued",
        (TaskState.Pending, _) => "pending",
        (TaskState.Processing, _) => "processing",
        (TaskState.Completed, Dialect.G0) => "ready",
        (TaskState.Completed, Dialect.G3 or Dialect.G5) => "succeeded",
        (TaskState.Completed, _) => "completed",
        (TaskState.Failed, Dialect.G0) => "error",
        _ => "failed",
    };

    /// <summary>The state that the word of any generation means; null if it is unknown.</summary>
    public static TaskState? Read(string? word) => word switch
    {
        "pending" or "waiting" or "queued" => TaskState.Pending,
        "processing" => TaskState.Processing,
        "completed" or "succeeded" or "ready" => TaskState.Completed,
        "failed" or "error" => TaskState.Failed,
        _ => null,
    };
}
