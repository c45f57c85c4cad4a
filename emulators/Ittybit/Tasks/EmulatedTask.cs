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
/// <param name="Options">The options of the request, including <c>ref</c>; answers echo them.</param>
/// <param name="Input">The source if it is a stored file.</param>
/// <param name="Folder">The requested folder of the output.</param>
/// <param name="BaseUrl">Scheme and host of the creating request, which the URLs in webhooks use.</param>
/// <param name="Fate">The faults that the dial chose for the task.</param>
/// <param name="Number">The number of the task in the order of creation.</param>
/// <param name="Progress">0 to 100.</param>
internal sealed record EmulatedTask(
    string Id,
    string Kind,
    JsonObject Options,
    string? Ref,
    Uri? WebhookUrl,
    Uri? SourceUrl,
    StoredFile? Input,
    string? Folder,
    string? Filename,
    Uri BaseUrl,
    TaskFate Fate,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    long Number = 0,
    TaskState State = TaskState.Pending,
    int Progress = 0,
    string? Error = null,
    StoredFile? Output = null,
    DateTimeOffset? Finished = null)
{
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
