using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>Make the MP3. (EpisodeId, task, <paramref name="Attempt"/>) names at most one Ittybit task, however often this arrives.</summary>
/// <param name="Attempt">1 for the first.</param>
/// <param name="KnownTaskIds">Ittybit tasks of earlier attempts: never to be taken for this one.</param>
/// <param name="Again">True when this attempt was asked for before: look for its Ittybit task before making one.</param>
/// <param name="FirstAskedAt">When this attempt was asked for the first time: its task cannot be older. Null when nobody knows.</param>
public sealed record ExtractAudio(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>Make the MP4; see <see cref="ExtractAudio"/>.</summary>
public sealed record TranscodeVideo(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>Make the transcript; see <see cref="ExtractAudio"/>.</summary>
public sealed record GenerateTranscript(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>Find the chapters; see <see cref="ExtractAudio"/>.</summary>
public sealed record DetectChapters(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>No webhook came: ask Ittybit how the task stands.</summary>
public sealed record CheckTask(Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId);

/// <summary>Ittybit accepted the task and gave it an id.</summary>
public sealed record TaskStarted(Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId, DateTimeOffset At);

/// <summary>Ittybit is at work. A hint for people: it settles nothing.</summary>
/// <param name="IttybitTaskId">Empty when a webhook brought a file instead of its task.</param>
/// <param name="Status">Ittybit's own word, kept as it came.</param>
/// <param name="Percent">0–100, when Ittybit tells.</param>
public sealed record TaskProgressed(
    Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId, string Status, int? Percent, DateTimeOffset At);

/// <summary>Ittybit finished the task.</summary>
/// <param name="IttybitTaskId">Empty when a webhook brought the made file instead of its task.</param>
/// <param name="Checked">
/// True: Ittybit's answer when asked for the task. False: a webhook's or a list's word, which may leave out what was made.
/// </param>
public sealed record TaskCompleted(
    Guid EpisodeId, TaskKind Task, int Attempt, string IttybitTaskId, TaskOutput Output, DateTimeOffset At, bool Checked = false);

/// <summary>The task could not be made, or could not even be asked for.</summary>
/// <param name="IttybitTaskId">Null when Ittybit never accepted it, or a webhook brought a file instead of its task.</param>
/// <param name="Reason">For people; no secrets, no signed addresses.</param>
/// <param name="Transient">True: worth another attempt by itself. False: it will fail again as it is.</param>
/// <param name="Lost">True: Ittybit accepted it and knows it no more, so nothing is known to be wrong with it.</param>
public sealed record TaskFailed(
    Guid EpisodeId, TaskKind Task, int Attempt, string? IttybitTaskId, string Reason, bool Transient, DateTimeOffset At,
    bool Lost = false);

/// <summary>Ittybit cannot be asked just now (paused or slowed lane): nothing failed, ask again at <paramref name="Until"/>.</summary>
public sealed record TaskDeferred(
    Guid EpisodeId, TaskKind Task, int Attempt, string Reason, DateTimeOffset Until, DateTimeOffset At);

/// <summary>
/// A genuine webhook that names only Ittybit's task id. The orchestrator knows whose it is, now or soon, and turns it into
/// <see cref="TaskProgressed"/>, <see cref="TaskCompleted"/> or <see cref="TaskFailed"/>.
/// </summary>
/// <param name="Status">Ittybit's own word, kept as it came.</param>
/// <param name="Transient">Of a failure: true when another attempt may succeed.</param>
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
    /// The same report about an attempt that is known: <see cref="TaskProgressed"/>, <see cref="TaskCompleted"/> or <see cref="TaskFailed"/>.
    /// </summary>
    public object For(Guid episodeId, TaskKind task, int attempt) => Outcome switch
    {
        TaskOutcome.Succeeded => new TaskCompleted(episodeId, task, attempt, IttybitTaskId, Output ?? new TaskOutput(null, null), At),
        TaskOutcome.Failed => new TaskFailed(
            episodeId, task, attempt, IttybitTaskId.Length > 0 ? IttybitTaskId : null, Error ?? "Ittybit gave no reason.", Transient, At),
        _ => new TaskProgressed(episodeId, task, attempt, IttybitTaskId, Status, Percent, At),
    };
}

/// <summary>What a status word of Ittybit's means to us.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskOutcome>))]
public enum TaskOutcome
{
    /// <summary>Still at work, or a word that we do not know.</summary>
    [JsonStringEnumMemberName("in_progress")]
    InProgress,

    /// <summary>Made.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>Ended without a result.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>What a task made.</summary>
/// <param name="FileId">Ittybit's file id, when it names one.</param>
/// <param name="Url">Where it can be fetched; may be signed and may expire, the file id does not.</param>
/// <param name="ContentType">Media type, such as <c>audio/mpeg</c>.</param>
/// <param name="DurationSeconds">Length, for what has one.</param>
/// <param name="Filesize">Bytes.</param>
public sealed record TaskOutput(
    string? FileId, Uri? Url, string? ContentType = null, double? DurationSeconds = null, long? Filesize = null);
