using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>What can be made of an episode. The words on the wire and in the database are those of the tutorial's enum.</summary>
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

/// <summary>The wire words of <see cref="TaskKind"/>.</summary>
public static class TaskKindWords
{
    /// <summary><c>audio_extraction</c>, <c>video_transcode</c>, <c>transcript_generation</c> or <c>chapter_detection</c>.</summary>
    public static string Word(this TaskKind kind) => kind switch
    {
        TaskKind.AudioExtraction => "audio_extraction",
        TaskKind.VideoTranscode => "video_transcode",
        TaskKind.TranscriptGeneration => "transcript_generation",
        TaskKind.ChapterDetection => "chapter_detection",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of task."),
    };

    /// <summary>The kind that <paramref name="word"/> names, or null.</summary>
    public static TaskKind? Parse(string? word) =>
        Enum.GetValues<TaskKind>().Cast<TaskKind?>().FirstOrDefault(kind => kind!.Value.Word() == word);
}
