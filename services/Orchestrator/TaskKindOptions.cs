using System.ComponentModel.DataAnnotations;

namespace Podcast.Orchestrator;

/// <summary>Section <c>Orchestrator:Tasks</c>: settings per kind of task, by the names of the commands.</summary>
public sealed class TaskKindOptions
{
    /// <summary>The MP3.</summary>
    [ValidateObjectMembers]
    public KindOptions ExtractAudio { get; set; } = new();

    /// <summary>The MP4.</summary>
    [ValidateObjectMembers]
    public KindOptions TranscodeVideo { get; set; } = new();

    /// <summary>The transcript.</summary>
    [ValidateObjectMembers]
    public KindOptions GenerateTranscript { get; set; } = new();

    /// <summary>The chapters.</summary>
    [ValidateObjectMembers]
    public KindOptions DetectChapters { get; set; } = new();

    internal KindOptions Of(TaskKind kind) => kind switch
    {
        TaskKind.AudioExtraction => ExtractAudio,
        TaskKind.VideoTranscode => TranscodeVideo,
        TaskKind.TranscriptGeneration => GenerateTranscript,
        TaskKind.ChapterDetection => DetectChapters,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of task."),
    };
}

/// <summary>
/// Settings for one kind of task. Null means the value of <see cref="OrchestratorOptions"/>; a changed value applies from the
/// next attempt.
/// </summary>
public sealed class KindOptions
{
    /// <summary>As <see cref="OrchestratorOptions.MaxAttempts"/>.</summary>
    [Range(1, 100)]
    public int? MaxAttempts { get; set; }

    /// <summary>As <see cref="OrchestratorOptions.RetryDelay"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>As <see cref="OrchestratorOptions.MaxRetryDelay"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan? MaxRetryDelay { get; set; }

    /// <summary>As <see cref="OrchestratorOptions.TaskDeadline"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan? Deadline { get; set; }
}
