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
