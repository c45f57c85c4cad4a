using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>
/// The complete state of an episode after a change, for read models. A consumer keeps the one with the highest
/// <see cref="Version"/>, and may then receive them in any order and more than once.
/// </summary>
/// <param name="Version">1, 2, 3 …; each version has one history entry, which this message or a later one carries.</param>
/// <param name="Reason">Why the episode is held, failed or cancelled; for display.</param>
/// <param name="DueAt">When the orchestrator checks the episode again if no message arrives; null if it does not have to.</param>
/// <param name="DeadlineAt">When the orchestrator stops waiting; null if it waits for nothing.</param>
/// <param name="Change">The change that created this version.</param>
/// <param name="Earlier">
/// The changes of the versions directly before this one that no message announced at once, oldest first; null if there are none.
/// </param>
/// <param name="Show">As in <see cref="EpisodeUploaded"/>.</param>
/// <param name="Details">As in <see cref="EpisodeUploaded"/>.</param>
public sealed record EpisodeChanged(
    Guid EpisodeId,
    int Version,
    string OwnerId,
    string Title,
    string? Description,
    EpisodeSource Source,
    EpisodePriority Priority,
    EpisodeStatus Status,
    string? Reason,
    string? MediaId,
    IReadOnlyList<TaskSnapshot> Tasks,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ProcessingStartedAt,
    DateTimeOffset? ProcessingCompletedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? DeadlineAt,
    EpisodeChange Change,
    IReadOnlyList<EpisodeChange>? Earlier = null,
    string? Show = null,
    EpisodeDetails? Details = null)
{
    /// <summary>The changes that this message carries, each with its version, oldest first.</summary>
    public IEnumerable<(int Version, EpisodeChange Change)> Changes() =>
        (Earlier ?? []).Append(Change).Select((change, index) => (Version - (Earlier?.Count ?? 0) + index, change));
}

/// <summary>One entry of an episode's history.</summary>
/// <param name="What">The name of the change in snake_case: <c>task_completed</c>, <c>retry_requested</c> …</param>
/// <param name="Task">The task that changed; null if the change concerns the whole episode.</param>
/// <param name="By">The originator: <c>ittybit</c>, <c>orchestrator</c> or a user's <c>sub</c>.</param>
/// <param name="Why">The reason, for display.</param>
public sealed record EpisodeChange(DateTimeOffset At, string What, TaskKind? Task, string By, string? Why);

/// <summary>The state of one task of an episode.</summary>
/// <param name="Attempt">The attempt, from 1; each attempt is one Ittybit task.</param>
/// <param name="Percent">0–100; null if Ittybit has not reported it for this attempt.</param>
/// <param name="Error">Why the task or its last attempt failed or, if it is completed, its output was rejected; for display.</param>
/// <param name="RequestedAt">When this attempt was requested.</param>
/// <param name="StartedAt">When Ittybit accepted this attempt.</param>
/// <param name="NextAt">When the orchestrator checks this task again if no message arrives.</param>
/// <param name="DeadlineAt">When this attempt times out.</param>
public sealed record TaskSnapshot(
    TaskKind Kind,
    TaskState State,
    bool Required,
    int Attempt,
    string? IttybitTaskId,
    int? Percent,
    TaskOutput? Output,
    string? Error,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? NextAt,
    DateTimeOffset? DeadlineAt);

/// <summary>The status of an episode.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EpisodeStatus>))]
public enum EpisodeStatus
{
    /// <summary>Ittybit works on the tasks.</summary>
    [JsonStringEnumMemberName("processing")]
    Processing,

    /// <summary>
    /// All tasks are settled and the required ones are completed; the transcript is being fetched and the outputs are being
    /// checked.
    /// </summary>
    [JsonStringEnumMemberName("completing")]
    Completing,

    /// <summary>All required outputs exist and are checked.</summary>
    [JsonStringEnumMemberName("processed")]
    Processed,

    /// <summary>The episode waits for a user's decision.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>A required task failed permanently.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>A user cancelled the episode.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <summary>The status of a task.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskState>))]
public enum TaskState
{
    /// <summary>Requested, or waiting for its next attempt.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Accepted by Ittybit.</summary>
    [JsonStringEnumMemberName("processing")]
    Processing,

    /// <summary>The output exists.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>Failed permanently.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Cancelled with its episode.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
