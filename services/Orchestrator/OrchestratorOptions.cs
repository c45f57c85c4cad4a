using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Podcast.Contracts;

namespace Podcast.Orchestrator;

/// <summary>
/// How patient the orchestrator is. Section <c>Orchestrator</c>: the environment variable of <see cref="MaxAttempts"/> is
/// <c>Orchestrator__MaxAttempts</c>, that for the audio alone <c>Orchestrator__Tasks__ExtractAudio__MaxAttempts</c>.
/// </summary>
public sealed class OrchestratorOptions
{
    /// <summary>Ittybit tasks made for one task of an episode before it counts as failed; a person's retry gives as many again.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Transient refusals of one attempt (Ittybit unreachable, 5xx) before the task counts as failed.</summary>
    [Range(1, 1000)]
    public int MaxRefusals { get; set; } = 12;

    /// <summary>Wait before the second try; doubles with each further one, ±20 %.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the doubling of <see cref="RetryDelay"/> ends.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A command that nobody answered is sent again after this; doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan UnansweredAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Ittybit is asked for the first time after this, or later where kind and length of the source say so;
    /// a webhook normally comes before. The gaps then grow by half.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CheckAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest gap between two such questions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MaxCheckGap { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>An accepted Ittybit task that has not ended after this is given up, and the next attempt begins.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan TaskDeadline { get; set; } = TimeSpan.FromHours(6);

    /// <summary>An episode that is not processed after this is held for a person, naming what is missing.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan EpisodeDeadline { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// How long after it was made it is known whose an Ittybit task is, for webhooks that name only the task. Where a deadline of
    /// tasks or episodes is longer, that counts.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan TaskMemory { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often the sweep looks for episodes whose moment has come; one cheap query each.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Episodes claimed by one query of the sweep.</summary>
    [Range(1, 10_000)]
    public int SweepBatchSize { get; set; } = 100;

    /// <summary>A claimed episode that was not handled (a crash between claim and publish) is claimed again after this.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Required tasks whose attempts are used up: true holds the episode for a person, false fails it.</summary>
    public bool HoldWhenAttemptsAreUsedUp { get; set; }

    /// <summary>Where one kind of task differs from the above.</summary>
    [ValidateObjectMembers]
    public TaskKindOptions Tasks { get; set; } = new();

    /// <summary><see cref="MaxAttempts"/> for <paramref name="kind"/>.</summary>
    internal int MaxAttemptsOf(TaskKind kind) => Tasks.Of(kind).MaxAttempts ?? MaxAttempts;

    /// <summary><see cref="RetryDelay"/> for <paramref name="kind"/>.</summary>
    internal TimeSpan RetryDelayOf(TaskKind kind) => Tasks.Of(kind).RetryDelay ?? RetryDelay;

    /// <summary><see cref="MaxRetryDelay"/> for <paramref name="kind"/>.</summary>
    internal TimeSpan MaxRetryDelayOf(TaskKind kind) => Tasks.Of(kind).MaxRetryDelay ?? MaxRetryDelay;

    /// <summary><see cref="TaskDeadline"/> for <paramref name="kind"/>.</summary>
    internal TimeSpan DeadlineOf(TaskKind kind) => Tasks.Of(kind).Deadline ?? TaskDeadline;

    /// <summary>The longest time in which a webhook can be about a task: the first success counts until the episode's deadline.</summary>
    internal TimeSpan LongestTaskMemory => Enum.GetValues<TaskKind>().Select(DeadlineOf).Append(EpisodeDeadline).Append(TaskMemory).Max();
}
