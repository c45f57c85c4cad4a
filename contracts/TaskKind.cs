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
}

/// <summary>The names of a <see cref="TaskKind"/>: in messages and, shorter, for people.</summary>
public static class TaskKindNames
{
    private static readonly Dictionary<TaskKind, string> shortNames = new()
    {
        [TaskKind.AudioExtraction] = "audio",
        [TaskKind.VideoTranscode] = "video",
        [TaskKind.TranscriptGeneration] = "transcript",
        [TaskKind.ChapterDetection] = "chapters",
    };

    /// <summary>All kinds with their short names.</summary>
    public static IReadOnlyDictionary<TaskKind, string> ShortNames => shortNames;

    /// <summary>The name in messages and databases, such as <c>audio_extraction</c>.</summary>
    public static string WireName(this TaskKind kind) => WireNames<TaskKind>.Of(kind);

    /// <summary>The name for people: <c>audio</c>, <c>video</c>, <c>transcript</c> or <c>chapters</c>.</summary>
    public static string ShortName(this TaskKind kind) => shortNames[kind];

    /// <summary>Returns the kind that messages call <paramref name="word"/>; null if no kind has that name.</summary>
    public static TaskKind? Parse(string? word) => WireNames<TaskKind>.Find(word);
}
