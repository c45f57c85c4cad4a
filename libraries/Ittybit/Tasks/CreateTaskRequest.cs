namespace Podcast.Ittybit;

/// <summary>
/// The body of <c>POST /tasks</c>, with the options of a kind at top level (version 2025-08-20) or in <see cref="Options"/>
/// (later servers). Exactly one of <see cref="FileId"/>, <see cref="Url"/> and <see cref="Input"/> must be set; null values are
/// omitted.
/// </summary>
public sealed record CreateTaskRequest
{
    /// <summary>A file that is already at Ittybit.</summary>
    public string? FileId { get; init; }

    /// <summary>An address that Ittybit can fetch.</summary>
    public Uri? Url { get; init; }

    /// <summary>The name of the address on later servers.</summary>
    public string? Input { get; init; }

    /// <summary><c>audio</c>, <c>video</c>, <c>speech</c>, <c>chapters</c>, <c>image</c> …</summary>
    public required string Kind { get; init; }

    /// <summary>Container or text format: <c>mp3</c>, <c>mp4</c>, <c>vtt</c>, <c>jpeg</c> …</summary>
    public string? Format { get; init; }

    /// <summary>Bit rate in bits per second.</summary>
    public int? Bitrate { get; init; }

    /// <summary>Number of audio channels.</summary>
    public int? Channels { get; init; }

    /// <summary><c>h264</c>, <c>h265</c>, <c>vp9</c>, <c>av1</c>.</summary>
    public string? Codec { get; init; }

    /// <summary>Width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Frames per second.</summary>
    public int? Fps { get; init; }

    /// <summary>Spoken language, ISO 639-1.</summary>
    public string? Language { get; init; }

    /// <summary>The moment that an image shows, in seconds from the beginning.</summary>
    public double? Start { get; init; }

    /// <summary><c>very_low</c> … <c>very_high</c>.</summary>
    public string? Quality { get; init; }

    /// <summary>A label that Ittybit puts on the output and returns, so that the task can be found by it.</summary>
    public string? Ref { get; init; }

    /// <summary>The address to which Ittybit sends webhooks. It contains a token: never log it.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>The same options nested, for servers that require this.</summary>
    public IttybitTaskOptions? Options { get; init; }
}

/// <summary>The input of a task; exactly one of the two is set.</summary>
/// <param name="FileId">A file that is already at Ittybit.</param>
/// <param name="Url">An address that Ittybit can fetch.</param>
public sealed record IttybitSource(string? FileId, Uri? Url);

/// <summary>
/// The nested options of later servers; see the properties of the same names of <see cref="CreateTaskRequest"/>.
/// </summary>
public sealed record IttybitTaskOptions
{
    public string? Format { get; init; }

    public int? Bitrate { get; init; }

    public int? Channels { get; init; }

    public string? Codec { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Fps { get; init; }

    public string? Language { get; init; }

    public string? Quality { get; init; }

    public string? Ref { get; init; }
}
