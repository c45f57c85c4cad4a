using System.ComponentModel.DataAnnotations;

namespace Podcast.Orchestrator;

/// <summary>A kind of task. A new one needs an element of <see cref="All"/> and its <see cref="TaskKindOptions"/>.</summary>
/// <param name="Request">Publishes the command that requests the task.</param>
/// <param name="HandleFault">Has the machine handle that command's fault.</param>
internal sealed record TaskDefinition(
    TaskKind Kind, Func<TaskKindOptions, KindOptions> Options, Func<IPublishEndpoint, EpisodeState, TaskEntry, Task> Request,
    Action<EpisodeStateMachine> HandleFault)
{
    public static readonly IReadOnlyList<TaskDefinition> All =
    [
        Of<ExtractAudio>(TaskKind.AudioExtraction, x => x.ExtractAudio, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt))
        with { UsualShareOfLength = 12 / 60d },

        Of<TranscodeVideo>(TaskKind.VideoTranscode, x => x.TranscodeVideo, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt))
        with { UsualShareOfLength = 15 / 60d },

        Of<GenerateTranscript>(TaskKind.TranscriptGeneration, x => x.GenerateTranscript, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt)),

        Of<DetectChapters>(TaskKind.ChapterDetection, x => x.DetectChapters, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt)),

        Of<CreateThumbnail>(TaskKind.Thumbnail, x => x.CreateThumbnail, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt)),
    ];

    /// <summary>How long Ittybit works, as a share of the source's length: the tutorial's longest times.</summary>
    public double UsualShareOfLength { get; init; } = 8 / 60d;

    public static TaskDefinition Of(TaskKind kind) => All.First(task => task.Kind == kind);

    private static TaskDefinition Of<TCommand>(
        TaskKind kind, Func<TaskKindOptions, KindOptions> options, Func<TCommand, (Guid EpisodeId, int Attempt)> identity,
        Func<EpisodeState, TaskEntry, TCommand> command)
        where TCommand : class =>
        new(kind, options, (bus, episode, task) => bus.Publish(command(episode, task)), machine => machine.HandleFault(kind, identity));
}

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

    /// <summary>The thumbnail.</summary>
    [ValidateObjectMembers]
    public KindOptions CreateThumbnail { get; set; } = new();
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
