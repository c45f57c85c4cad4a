using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>
/// The outputs that can be made of an episode. The names in messages and in the database are those of the tutorial's enum.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskKind>))]
public enum TaskKind
{
    /// <summary>The MP3 for the podcast host.</summary>
    [JsonStringEnumMemberName("audio_extraction")]
    AudioExtraction,

    /// <summary>The 1080p MP4 for YouTube.</summary>
    [JsonStringEnumMemberName("video_transcode")]
    VideoTranscode,

    /// <summary>The timed transcript.</summary>
    [JsonStringEnumMemberName("transcript_generation")]
    TranscriptGeneration,

    /// <summary>Chapter marks with titles.</summary>
    [JsonStringEnumMemberName("chapter_detection")]
    ChapterDetection,

    /// <summary>An image of the video at a moment.</summary>
    [JsonStringEnumMemberName("thumbnail")]
    Thumbnail,
}

/// <summary>
/// The names of a <see cref="TaskKind"/>, in messages and, shorter, for people; and the command that requests it.
/// </summary>
public static class TaskKindNames
{
    private static readonly Dictionary<TaskKind, (string Name, Type Command)> all = new()
    {
        [TaskKind.AudioExtraction] = ("audio", typeof(ExtractAudio)),
        [TaskKind.VideoTranscode] = ("video", typeof(TranscodeVideo)),
        [TaskKind.TranscriptGeneration] = ("transcript", typeof(GenerateTranscript)),
        [TaskKind.ChapterDetection] = ("chapters", typeof(DetectChapters)),
        [TaskKind.Thumbnail] = ("thumbnail", typeof(CreateThumbnail)),
    };

    /// <summary>All kinds with their short names.</summary>
    public static IReadOnlyDictionary<TaskKind, string> ShortNames { get; } =
        all.ToDictionary(kind => kind.Key, kind => kind.Value.Name);

    /// <summary>All kinds with the types of their commands.</summary>
    public static IReadOnlyDictionary<TaskKind, Type> Commands { get; } =
        all.ToDictionary(kind => kind.Key, kind => kind.Value.Command);

    /// <summary>The name in messages and databases, such as <c>audio_extraction</c>.</summary>
    public static string WireName(this TaskKind kind) => WireNames<TaskKind>.Of(kind);

    /// <summary>The name for people: <c>audio</c>, <c>video</c>, <c>transcript</c> …</summary>
    public static string ShortName(this TaskKind kind) => ShortNames[kind];

    /// <summary>Returns the kind that messages call <paramref name="word"/>; null if no kind has that name.</summary>
    public static TaskKind? Parse(string? word) => WireNames<TaskKind>.Find(word);
}

/// <summary>
/// Command to make the MP3. (EpisodeId, task, <paramref name="Attempt"/>) identifies at most one Ittybit task, also if the
/// command is delivered more than once.
/// </summary>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="KnownTaskIds">Ittybit tasks of earlier attempts, which must not be taken for the task of this attempt.</param>
/// <param name="Again">True if this attempt was requested before: an existing Ittybit task must be searched for before a new one
/// is created.</param>
/// <param name="FirstAskedAt">When this attempt was first requested: its Ittybit task cannot be older. Null if unknown.</param>
public sealed record ExtractAudio(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>Command to make the MP4; see <see cref="ExtractAudio"/>.</summary>
public sealed record TranscodeVideo(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>Command to make the transcript; see <see cref="ExtractAudio"/>.</summary>
public sealed record GenerateTranscript(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>Command to detect the chapters; see <see cref="ExtractAudio"/>.</summary>
public sealed record DetectChapters(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);

/// <summary>Command to make the thumbnail; see <see cref="ExtractAudio"/>.</summary>
public sealed record CreateThumbnail(
    Guid EpisodeId, int Attempt, EpisodeSource Source, TaskOptions? Options = null, IReadOnlyList<string>? KnownTaskIds = null,
    bool Again = false, DateTimeOffset? FirstAskedAt = null);
