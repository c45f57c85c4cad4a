namespace Podcast.Batch.Data;

/// <summary>Why items fail, in words that can be counted. Ittybit's own (<c>format_unsupported</c> …) join them.</summary>
internal static class FailureCauses
{
    /// <summary>The row's address is none that Ittybit could fetch.</summary>
    public const string BadUrl = "bad_url";

    /// <summary>Ittybit failed or did not answer, again and again, and has no task.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>Ittybit answered with a task that belongs to another item.</summary>
    public const string SameTask = "same_task";

    /// <summary>The database did not take what belongs into the row.</summary>
    public const string Storage = "storage";

    /// <summary>The task did not end in time.</summary>
    public const string Deadline = "deadline";

    /// <summary>Ittybit no longer knows the task.</summary>
    public const string LostTask = "lost_task";

    /// <summary>The task is done and has no output.</summary>
    public const string NoOutput = "no_output";

    /// <summary>The task failed without a word that could be counted.</summary>
    public const string TaskFailed = "task_failed";

    /// <summary>The podcast pipeline gave the episode up.</summary>
    public const string EpisodeFailed = "episode_failed";

    /// <summary>The episode is held: it waits for a person, so the item has not ended.</summary>
    public const string Held = "held";

    /// <summary>A person cancelled the episode.</summary>
    public const string EpisodeCancelled = "episode_cancelled";

    /// <summary>The word before the colon of what Ittybit says, if it is one.</summary>
    public static string OfTask(string? error)
    {
        var word = error?.Split(':')[0] ?? "";
        return word.Length is > 2 and <= 64 && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? word : TaskFailed;
    }
}
