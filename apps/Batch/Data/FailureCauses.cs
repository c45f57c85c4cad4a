namespace Podcast.Batch.Data;

/// <summary>
/// The causes of failures, as words that can be counted. Ittybit's own error codes (<c>format_unsupported</c> …) are used beside
/// them.
/// </summary>
internal static class FailureCauses
{
    /// <summary>The row's address is not one that Ittybit can fetch.</summary>
    public const string BadUrl = "bad_url";

    /// <summary>Ittybit failed or did not answer on every try, and its list shows no usable task.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>Ittybit answered with a task that belongs to another item.</summary>
    public const string SameTask = "same_task";

    /// <summary>The database refused the values for the row.</summary>
    public const string Storage = "storage";

    /// <summary>The task or episode did not end before its deadline.</summary>
    public const string Deadline = "deadline";

    /// <summary>Ittybit no longer knows the task.</summary>
    public const string LostTask = "lost_task";

    /// <summary>The task succeeded but has no output.</summary>
    public const string NoOutput = "no_output";

    /// <summary>The task failed without an error code.</summary>
    public const string TaskFailed = "task_failed";

    /// <summary>The podcast pipeline gave up on the episode.</summary>
    public const string EpisodeFailed = "episode_failed";

    /// <summary>The episode is held until an operator decides, so the item has not ended.</summary>
    public const string Held = "held";

    /// <summary>An operator cancelled the episode.</summary>
    public const string EpisodeCancelled = "episode_cancelled";

    /// <summary>The error code before the colon of Ittybit's message, or <see cref="TaskFailed"/> if there is none.</summary>
    public static string OfTask(string? error)
    {
        var word = error?.Split(':')[0] ?? "";
        return word.Length is > 2 and <= 64 && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? word : TaskFailed;
    }
}
