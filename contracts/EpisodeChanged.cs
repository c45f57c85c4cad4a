using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>
/// The whole of an episode after one change, for read models. Keep the one with the highest <see cref="Version"/>;
/// any order and any number of copies give the same end.
/// </summary>
/// <param name="Version">1, 2, 3 … without gaps; one history entry each.</param>
/// <param name="Reason">Why it is held, failed or cancelled; for people.</param>
/// <param name="DueAt">When the orchestrator looks again if nothing happens; null when it need not.</param>
/// <param name="DeadlineAt">When it gives up waiting; null when it waits for nothing.</param>
/// <param name="Change">What this version changed.</param>
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
    EpisodeChange Change);

/// <summary>One line of an episode's history.</summary>
/// <param name="What">Event name in snake_case: <c>task_completed</c>, <c>retry_requested</c> …</param>
/// <param name="Task">The task it is about, if it is about one.</param>
/// <param name="By">Who: <c>ittybit</c>, <c>orchestrator</c> or a user's <c>sub</c>.</param>
/// <param name="Why">In words, for people.</param>
public sealed record EpisodeChange(DateTimeOffset At, string What, TaskKind? Task, string By, string? Why);

/// <summary>One task of an episode as it stands.</summary>
/// <param name="Attempt">1 for the first; an attempt is one Ittybit task.</param>
/// <param name="Percent">0–100 while Ittybit tells; failures are not progress.</param>
/// <param name="Error">Why it failed, or why its last attempt did; for people.</param>
/// <param name="RequestedAt">When this attempt was asked for.</param>
/// <param name="StartedAt">When Ittybit accepted this attempt.</param>
/// <param name="NextAt">When this task is looked at again if nothing happens.</param>
/// <param name="DeadlineAt">When this attempt is given up.</param>
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

/// <summary>Where an episode is in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EpisodeStatus>))]
public enum EpisodeStatus
{
    /// <summary>Ittybit is at work.</summary>
    [JsonStringEnumMemberName("processing")]
    Processing,

    /// <summary>Everything is made; the transcript is being collected and outputs are being checked.</summary>
    [JsonStringEnumMemberName("completing")]
    Completing,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("processed")]
    Processed,

    /// <summary>Waits for a person's decision.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>A required task failed for good.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>A person stopped it.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <summary>Where a task is in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskState>))]
public enum TaskState
{
    /// <summary>Asked for, or waiting for its next attempt.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Ittybit accepted it.</summary>
    [JsonStringEnumMemberName("processing")]
    Processing,

    /// <summary>Made.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>Given up.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Stopped with its episode.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
