using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>Where the raw video is: exactly one of <see cref="FileId"/> and <see cref="Url"/>.</summary>
/// <param name="FileId">Ittybit's file id (<c>file_…</c>), when the file was uploaded to Ittybit.</param>
/// <param name="Url">A public http(s) address, when Ittybit is to fetch the file itself.</param>
/// <param name="Filename">The name it had on the uploader's disk.</param>
/// <param name="Filesize">Bytes, when known.</param>
/// <param name="DurationSeconds">
/// Length, when known: gives the checks of the outputs their yardstick. 0 and less mean that nobody knows it.
/// </param>
public sealed record EpisodeSource(
    string? FileId,
    Uri? Url,
    string? Filename = null,
    long? Filesize = null,
    double? DurationSeconds = null);

/// <summary>One task of an episode's plan.</summary>
/// <param name="Kind">What is made.</param>
/// <param name="Required">False: the episode counts as processed even if this task fails for good.</param>
/// <param name="Options">How it is made; null means the defaults.</param>
public sealed record PlannedTask(TaskKind Kind, bool Required = true, TaskOptions? Options = null);

/// <summary>How a task is made. What is null takes the default of its kind; what does not fit a kind is not sent.</summary>
/// <param name="Format">Container or text format: <c>mp3</c>, <c>mp4</c>, <c>vtt</c> …</param>
/// <param name="Bitrate">Bits per second; audio 32,000–320,000, video 300,000–60,000,000.</param>
/// <param name="Channels">Audio channels, 1 or 2.</param>
/// <param name="Codec">Video codec: <c>h264</c>, <c>h265</c>, <c>vp9</c>, <c>av1</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Fps">Frames per second, 1–60.</param>
/// <param name="Language">Spoken language, ISO 639-1.</param>
public sealed record TaskOptions(
    string? Format = null,
    int? Bitrate = null,
    int? Channels = null,
    string? Codec = null,
    int? Width = null,
    int? Height = null,
    int? Fps = null,
    string? Language = null);

/// <summary>Whether an episode may wait behind others.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EpisodePriority>))]
public enum EpisodePriority
{
    /// <summary>Today's episode: never waits behind the backlog.</summary>
    [JsonStringEnumMemberName("normal")]
    Normal,

    /// <summary>Backlog: takes what the others leave.</summary>
    [JsonStringEnumMemberName("backlog")]
    Backlog,
}
