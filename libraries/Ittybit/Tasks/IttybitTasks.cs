namespace Podcast.Ittybit;

/// <summary>
/// Builds the requests for the tasks of a podcast episode; a null argument takes the default. Their <c>ref</c> is the label of
/// the kind, until <see cref="TaskAttempt.Reference"/> makes it one of an attempt.
/// </summary>
public static class IttybitTasks
{
    private static readonly Dictionary<TaskKind, string> kinds = new()
    {
        [TaskKind.VideoTranscode] = "video",
        [TaskKind.AudioExtraction] = "audio",
        [TaskKind.TranscriptGeneration] = "speech",
        [TaskKind.ChapterDetection] = "chapters",
        [TaskKind.Thumbnail] = "image",
    };

    /// <summary>Ittybit's name for each kind of task.</summary>
    public static IReadOnlyDictionary<TaskKind, string> Kinds => kinds;

    /// <summary>Requests the MP3 for the podcast host: 192 kb/s, stereo.</summary>
    /// <param name="bitrate">Bits per second.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has neither or both of file and address.</exception>
    public static CreateTaskRequest Audio(
        IttybitSource source,
        string? format = null,
        int? bitrate = null,
        int? channels = null) =>
        Request(source, TaskKind.AudioExtraction, "podcast_audio") with
        {
            Format = format ?? "mp3",
            Bitrate = bitrate ?? 192_000,
            Channels = channels ?? 2,
        };

    /// <summary>Requests the MP4 for YouTube: H.264, 1920x1080, 30 frames/s, 5 Mb/s.</summary>
    /// <param name="bitrate">Bits per second.</param>
    /// <inheritdoc cref="Audio"/>
    public static CreateTaskRequest Video(
        IttybitSource source,
        string? format = null,
        string? codec = null,
        int? width = null,
        int? height = null,
        int? fps = null,
        int? bitrate = null) =>
        Request(source, TaskKind.VideoTranscode, "youtube_video") with
        {
            Format = format ?? "mp4",
            Codec = codec ?? "h264",
            Width = width ?? 1920,
            Height = height ?? 1080,
            Fps = fps ?? 30,
            Bitrate = bitrate ?? 5_000_000,
        };

    /// <summary>Requests the timed transcript; the default language is English.</summary>
    /// <param name="language">Spoken language, ISO 639-1.</param>
    /// <inheritdoc cref="Audio"/>
    public static CreateTaskRequest Speech(IttybitSource source, string? language = null) =>
        Request(source, TaskKind.TranscriptGeneration, "transcript") with { Language = language ?? "en" };

    /// <summary>Requests chapter marks with titles, in the server's own format unless <paramref name="format"/> is set.</summary>
    /// <param name="format"><c>vtt</c> or <c>srt</c>; servers of version 2025-08-20 have no such option.</param>
    /// <inheritdoc cref="Audio"/>
    public static CreateTaskRequest Chapters(IttybitSource source, string? format = null) =>
        Request(source, TaskKind.ChapterDetection, "chapters") with { Format = format };

    /// <summary>
    /// Requests an image of the video, in the video's shape unless both sides are set: a JPEG, 1280 pixels wide, which YouTube
    /// recommends for thumbnails, of second 2, because the first pictures are often black.
    /// </summary>
    /// <param name="format"><c>jpeg</c>, <c>png</c>, <c>webp</c> or <c>avif</c>.</param>
    /// <param name="start">Seconds from the beginning of the video.</param>
    /// <inheritdoc cref="Audio"/>
    public static CreateTaskRequest Image(
        IttybitSource source,
        string? format = null,
        int? width = null,
        int? height = null,
        double? start = null) =>
        Request(source, TaskKind.Thumbnail, "thumbnail") with
        {
            Format = format ?? "jpeg",
            Width = width ?? (height is null ? 1280 : null),
            Height = height,
            Start = start ?? 2,
        };

    private static CreateTaskRequest Request(IttybitSource source, TaskKind kind, string label) =>
        string.IsNullOrWhiteSpace(source.FileId) == source.Url is null
            ? throw new ArgumentException("A source is either a file at Ittybit or an address.", nameof(source))
            : new() { FileId = source.FileId, Url = source.Url, Kind = kinds[kind], Ref = label };
}
