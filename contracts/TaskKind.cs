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

/// <summary>Converts <see cref="TaskKind"/> to and from its wire names.</summary>
public static class TaskKindWords
{
    /// <summary>
    /// The wire name: <c>audio_extraction</c>, <c>video_transcode</c>, <c>transcript_generation</c> or <c>chapter_detection</c>.
    /// </summary>
    public static string Word(this TaskKind kind) => kind switch
    {
        TaskKind.AudioExtraction => "audio_extraction",
        TaskKind.VideoTranscode => "video_transcode",
        TaskKind.TranscriptGeneration => "transcript_generation",
        TaskKind.ChapterDetection => "chapter_detection",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of task."),
    };

    /// <summary>The kind with the wire name <paramref name="word"/>; null if there is none.</summary>
    public static TaskKind? Parse(string? word) =>
        Enum.GetValues<TaskKind>().Cast<TaskKind?>().FirstOrDefault(kind => kind!.Value.Word() == word);
}
