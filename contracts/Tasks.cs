using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>Command to query the status of a task at Ittybit, because no webhook has arrived.</summary>
public sealed record CheckTask(Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId);

/// <summary>Ittybit accepted the task and assigned an id.</summary>
/// <param name="Others">Other tasks of the episode that were accepted at almost the same time; null if there are none.</param>
public sealed record TaskStarted(
    Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId, DateTimeOffset At, IReadOnlyList<StartedTask>? Others = null)
{
    /// <summary>All tasks that this message is about.</summary>
    public IEnumerable<StartedTask> Tasks() => [new(Task, Attempt, IttybitTaskId), .. Others ?? []];
}

/// <summary>A task that Ittybit accepted.</summary>
public sealed record StartedTask(TaskKind Task, int Attempt, string IttybitTaskId);

/// <summary>Ittybit works on the task. For display only: it does not complete or fail the task.</summary>
/// <param name="IttybitTaskId">Empty if a webhook contained a file instead of its task.</param>
/// <param name="Status">Ittybit's status, unchanged.</param>
/// <param name="Percent">0–100; null if Ittybit does not report it.</param>
public sealed record TaskProgressed(
    Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId, string Status, int? Percent, DateTimeOffset At);

/// <summary>Ittybit completed the task.</summary>
/// <param name="IttybitTaskId">Empty if a webhook contained the made file instead of its task.</param>
/// <param name="Checked">True if Ittybit was queried for this task. False for a webhook or a list, which may omit the
/// output.</param>
public sealed record TaskCompleted(
    Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId, TaskOutput Output, DateTimeOffset At, bool Checked = false);

/// <summary>The task failed, or could not be requested.</summary>
/// <param name="IttybitTaskId">Null if Ittybit never accepted the task, or if a webhook contained a file instead of its
/// task.</param>
/// <param name="Reason">For display; no secrets, no signed addresses.</param>
/// <param name="Transient">True if another attempt may succeed without changes; false if it would fail again.</param>
/// <param name="Lost">True if Ittybit accepted the task but no longer knows it, so that the task itself may be valid.</param>
public sealed record TaskFailed(
    Guid EpisodeId, TaskKind Task, int Attempt, string? IttybitTaskId, string Reason, bool Transient, DateTimeOffset At,
    bool Lost = false);

/// <summary>
/// Ittybit cannot be called at present (paused or slowed lane). Nothing failed; request again at <paramref name="Until"/>.
/// </summary>
public sealed record TaskDeferred(
    Guid EpisodeId, TaskKind Task, int Attempt, string Reason, DateTimeOffset Until, DateTimeOffset At);

/// <summary>
/// An authentic webhook that contains only Ittybit's task id. The orchestrator finds the episode by that id, at once or after
/// <see cref="TaskStarted"/>, and converts the message to <see cref="TaskProgressed"/>, <see cref="TaskCompleted"/> or
/// <see cref="TaskFailed"/>.
/// </summary>
/// <param name="Status">Ittybit's status, unchanged.</param>
/// <param name="Transient">For a failure: true if another attempt may succeed.</param>
public sealed record TaskReported(
    string IttybitTaskId,
    TaskOutcome Outcome,
    string Status,
    int? Percent,
    TaskOutput? Output,
    string? Error,
    bool Transient,
    DateTimeOffset At)
{
    /// <summary>
    /// The same report about an attempt that is known: <see cref="TaskProgressed"/>, <see cref="TaskCompleted"/> or
    /// <see cref="TaskFailed"/>.
    /// </summary>
    public object For(Guid episodeId, TaskKind task, int attempt) => Outcome switch
    {
        TaskOutcome.Succeeded => new TaskCompleted(episodeId, task, attempt, IttybitTaskId, Output ?? new TaskOutput(null, null), At),
        TaskOutcome.Failed => new TaskFailed(
            episodeId, task, attempt, IttybitTaskId.Length > 0 ? IttybitTaskId : null, Error ?? "Ittybit gave no reason.", Transient, At),
        _ => new TaskProgressed(episodeId, task, attempt, IttybitTaskId, Status, Percent, At),
    };
}

/// <summary>The outcome of a task, derived from Ittybit's status.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskOutcome>))]
public enum TaskOutcome
{
    /// <summary>In progress, or an unknown status.</summary>
    [JsonStringEnumMemberName("in_progress")]
    InProgress,

    /// <summary>Completed; the output exists.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>Failed or cancelled.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>The output of a task.</summary>
/// <param name="FileId">Ittybit's file id, if it sends one.</param>
/// <param name="Url">The address of the file; may be signed and may expire, which the file id does not.</param>
/// <param name="ContentType">Media type, such as <c>audio/mpeg</c>.</param>
/// <param name="DurationSeconds">The length, for media that have one.</param>
/// <param name="Filesize">Bytes.</param>
public sealed record TaskOutput(
    string? FileId, Uri? Url, string? ContentType = null, double? DurationSeconds = null, long? Filesize = null);
