namespace Podcast.Emulators.Ittybit.Tasks;

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

    /// <summary>Reads the status word of any generation, for the filters of lists.</summary>
    public static bool TryRead(string word, out TaskState state)
    {
        (var known, state) = word switch
        {
            "pending" or "waiting" or "queued" => (true, TaskState.Pending),
            "processing" => (true, TaskState.Processing),
            "completed" or "succeeded" or "ready" => (true, TaskState.Completed),
            "failed" or "error" => (true, TaskState.Failed),
            _ => (false, default),
        };
        return known;
    }
}
