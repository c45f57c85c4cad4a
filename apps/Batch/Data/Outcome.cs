namespace Podcast.Batch.Data;

/// <summary>The outcome of an item.</summary>
/// <param name="Cause">One of <see cref="FailureCauses"/> or an Ittybit error code, for counting and for <c>retry --cause</c>;
/// null if the item completed.</param>
/// <param name="Error">The message for users; null if the item completed.</param>
internal sealed record Outcome(Uri? Output, string? Cause, string? Error)
{
    public bool IsCompleted => Cause is null;

    public static Outcome Completed(Uri? output) => new(output, null, null);

    public static Outcome Failed(string cause, string error) => new(null, cause, error);
}

/// <summary>The causes of failures, as words that can be counted. Ittybit's own error codes are used beside them.</summary>
internal static class FailureCauses
{
    public const string BadUrl = "bad_url"; // the row's address is not one that Ittybit can fetch
    public const string NoAnswer = "no_answer"; // no answer on every try, and no usable task in Ittybit's list
    public const string SameTask = "same_task"; // Ittybit answered with a task that belongs to another item
    public const string Storage = "storage"; // the database refused the values for the row
    public const string Deadline = "deadline"; // the task or episode did not end in time
    public const string LostTask = "lost_task"; // Ittybit no longer knows the task
    public const string NoOutput = "no_output"; // the task succeeded but has no output
    public const string TaskFailed = "task_failed"; // the task failed without an error code
    public const string EpisodeFailed = "episode_failed"; // the pipeline gave up on the episode
    public const string EpisodeCancelled = "episode_cancelled"; // by an operator
    public const string Held = "held"; // no failure: the episode waits for an operator

    /// <summary>The error code before the colon of Ittybit's message, or <see cref="TaskFailed"/> if there is none.</summary>
    public static string OfTask(string? error)
    {
        var word = error?.Split(':')[0] ?? "";
        return word.Length is > 2 and <= 64 && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? word : TaskFailed;
    }
}
