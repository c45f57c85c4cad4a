using System.ComponentModel.DataAnnotations;

namespace Podcast.Orchestrator;

/// <summary>A kind of task: the command that requests it, what to do about that command's fault, and its options.</summary>
/// <param name="kind">The kind.</param>
/// <param name="options">Where its options are, by the name of the command.</param>
internal abstract class TaskDefinition(TaskKind kind, Func<TaskKindOptions, KindOptions> options)
{
    /// <summary>All kinds of tasks. A new kind needs an element here, and a property below.</summary>
    public static readonly IReadOnlyList<TaskDefinition> All =
    [
        new TaskDefinition<ExtractAudio>(TaskKind.AudioExtraction, x => x.ExtractAudio, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt))
        { IsDefault = true, UsualShareOfLength = 12 / 60d },

        new TaskDefinition<TranscodeVideo>(TaskKind.VideoTranscode, x => x.TranscodeVideo, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt))
        { IsDefault = true, UsualShareOfLength = 15 / 60d },

        new TaskDefinition<GenerateTranscript>(TaskKind.TranscriptGeneration, x => x.GenerateTranscript, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt))
        { IsDefault = true },

        new TaskDefinition<DetectChapters>(TaskKind.ChapterDetection, x => x.DetectChapters, x => (x.EpisodeId, x.Attempt), (x, task) =>
            new(x.CorrelationId, task.Attempt, x.Source, task.Options, task.KnownTaskIds, task.IsAskedAgain, task.FirstAskedAt)),
    ];

    /// <summary>The plan of an upload that has none.</summary>
    public static readonly IReadOnlyList<PlannedTask> DefaultPlan = [.. All.Where(task => task.IsDefault).Select(task => new PlannedTask(task.Kind))];

    public TaskKind Kind => kind;

    public bool IsDefault { get; init; }

    /// <summary>
    /// How long Ittybit usually works on it, as a share of the source's length. The tutorial says for 60 minutes of video: audio
    /// 8–12, video 10–15, transcript 5–8 minutes.
    /// </summary>
    public double UsualShareOfLength { get; init; } = 8 / 60d;

    public static TaskDefinition Of(TaskKind kind) =>
        All.FirstOrDefault(task => task.Kind == kind) ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of task.");

    public KindOptions OptionsIn(TaskKindOptions all) => options(all);

    /// <summary>Publishes the command that requests the task.</summary>
    public abstract Task Request(IPublishEndpoint bus, EpisodeState episode, TaskEntry task);

    /// <summary>Has the machine handle the command's fault.</summary>
    public abstract void HandleFault(EpisodeStateMachine machine);
}

/// <inheritdoc/>
/// <param name="identity">The identity that a command carries.</param>
/// <param name="command">Builds the command.</param>
internal sealed class TaskDefinition<TCommand>(
    TaskKind kind, Func<TaskKindOptions, KindOptions> options, Func<TCommand, (Guid EpisodeId, int Attempt)> identity,
    Func<EpisodeState, TaskEntry, TCommand> command)
    : TaskDefinition(kind, options)
    where TCommand : class
{
    public override Task Request(IPublishEndpoint bus, EpisodeState episode, TaskEntry task) => bus.Publish(command(episode, task));

    public override void HandleFault(EpisodeStateMachine machine) => machine.HandleFault(Kind, identity);
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
