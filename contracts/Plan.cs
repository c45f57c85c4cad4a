using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>The raw video: exactly one of <see cref="FileId"/> and <see cref="Url"/> must be set.</summary>
/// <param name="FileId">Ittybit's file id (<c>file_…</c>), if the file was uploaded to Ittybit.</param>
/// <param name="Url">A public http(s) address, if Ittybit has to fetch the file.</param>
/// <param name="Filename">The name of the file on the uploader's computer.</param>
/// <param name="Filesize">Bytes, if known.</param>
/// <param name="DurationSeconds">The length, if known; the outputs are checked against it. 0 and less mean unknown.</param>
public sealed record EpisodeSource(
    string? FileId,
    Uri? Url,
    string? Filename = null,
    long? Filesize = null,
    double? DurationSeconds = null);

/// <summary>One task of an episode's plan.</summary>
/// <param name="Kind">The output to make.</param>
/// <param name="Required">False if the episode counts as processed even if this task fails permanently.</param>
/// <param name="Options">Options of the output; null means the defaults.</param>
public sealed record PlannedTask(TaskKind Kind, bool Required = true, TaskOptions? Options = null)
{
    /// <summary>The kinds of an episode whose plan is null or empty.</summary>
    public static IReadOnlyList<TaskKind> DefaultKinds { get; } =
        [TaskKind.AudioExtraction, TaskKind.VideoTranscode, TaskKind.TranscriptGeneration];

    /// <summary>The task for somebody who says only what to make. An episode is worth publishing without a thumbnail.</summary>
    public static PlannedTask Of(TaskKind kind) => new(kind, Required: kind != TaskKind.Thumbnail);
}

/// <summary>Options of a task. Null takes the default of the kind; options that do not apply to a kind are ignored.</summary>
/// <param name="Format">Container or text format: <c>mp3</c>, <c>mp4</c>, <c>vtt</c>, <c>jpeg</c> …</param>
/// <param name="Bitrate">Bits per second; audio 32,000–320,000, video 300,000–60,000,000.</param>
/// <param name="Channels">Audio channels, 1 or 2.</param>
/// <param name="Codec">Video codec: <c>h264</c>, <c>h265</c>, <c>vp9</c>, <c>av1</c>.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Fps">Frames per second, 1–60.</param>
/// <param name="Language">Spoken language, ISO 639-1.</param>
/// <param name="Start">The moment of a thumbnail, in seconds from the beginning of the video.</param>
public sealed record TaskOptions(
    string? Format = null,
    int? Bitrate = null,
    int? Channels = null,
    string? Codec = null,
    int? Width = null,
    int? Height = null,
    int? Fps = null,
    string? Language = null,
    double? Start = null);

/// <summary>Whether an episode may wait behind others.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EpisodePriority>))]
public enum EpisodePriority
{
    /// <summary>A new episode: it never waits behind the backlog.</summary>
    [JsonStringEnumMemberName("normal")]
    Normal,

    /// <summary>A backlog episode: it uses the capacity that normal episodes leave.</summary>
    [JsonStringEnumMemberName("backlog")]
    Backlog,
}
