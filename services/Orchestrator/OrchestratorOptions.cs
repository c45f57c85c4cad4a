using System.ComponentModel.DataAnnotations;
using Podcast.Sweeping;

namespace Podcast.Orchestrator;

/// <summary>
/// Retries, waits, deadlines and sweeps of the orchestrator. Section <c>Orchestrator</c>: the environment variable of
/// <see cref="MaxAttempts"/> is <c>Orchestrator__MaxAttempts</c>, for the audio alone
/// <c>Orchestrator__Tasks__ExtractAudio__MaxAttempts</c>.
/// </summary>
public sealed class OrchestratorOptions
{
    /// <summary>Attempts, each an Ittybit task, before a task counts as failed; a user's retry allows as many again.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Transient refusals of one attempt (Ittybit unreachable, 5xx) before the task counts as failed.</summary>
    [Range(1, 1000)]
    public int MaxRefusals { get; set; } = 12;

    /// <summary>The wait before the second try; doubles with each further try, ±20 %.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that the doubling of <see cref="RetryDelay"/> reaches.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A command without an answer is sent again after this time, which doubles with each further command.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan UnansweredAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The earliest question for the state of a task without a webhook; later if the source is long. The gaps then grow by half.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CheckAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest gap between two such questions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MaxCheckGap { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>An accepted Ittybit task that has not ended after this time is given up, and the next attempt begins.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan TaskDeadline { get; set; } = TimeSpan.FromHours(6);

    /// <summary>An episode not processed after this time is held for a user, unless only optional outputs are missing.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan EpisodeDeadline { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// How long we remember whose an Ittybit task is, for webhooks that name only the task; at least as long as any deadline.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan TaskMemory { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The interval of the sweep for due episodes; each run costs one cheap query.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum number of episodes that one query of the sweep claims.</summary>
    [Range(1, 10_000)]
    public int SweepBatchSize { get; set; } = 100;

    /// <summary>
    /// A claimed episode that was not handled (crash before the publish) is claimed again after this time. It doubles with each
    /// further claim, up to 16 times the value.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether required tasks without further attempts hold the episode for a user (true) or fail it (false).</summary>
    public bool HoldWhenAttemptsAreUsedUp { get; set; }

    /// <summary>Different settings for single kinds of tasks.</summary>
    [ValidateObjectMembers]
    public TaskKindOptions Tasks { get; set; } = new();

    internal SweepSettings Sweep => new(SweepInterval, SweepBatchSize, ClaimLease);
    internal int MaxAttemptsOf(TaskKind kind) => Of(kind).MaxAttempts ?? MaxAttempts;
    internal TimeSpan RetryDelayOf(TaskKind kind) => Of(kind).RetryDelay ?? RetryDelay;
    internal TimeSpan MaxRetryDelayOf(TaskKind kind) => Of(kind).MaxRetryDelay ?? MaxRetryDelay;
    internal TimeSpan DeadlineOf(TaskKind kind) => Of(kind).Deadline ?? TaskDeadline;

    /// <summary>How long a webhook about a task can matter: a success counts until the deadline of the episode.</summary>
    internal TimeSpan LongestTaskMemory => Enum.GetValues<TaskKind>().Select(DeadlineOf).Append(EpisodeDeadline).Append(TaskMemory).Max();

    private KindOptions Of(TaskKind kind) => TaskDefinition.Of(kind).Options(Tasks);
}
