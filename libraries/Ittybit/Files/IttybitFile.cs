namespace Podcast.Ittybit;

/// <summary>A file at Ittybit: an upload, or the output of a task.</summary>
public sealed record IttybitFile
{
    /// <summary><c>file_…</c>; null if the server sends only an address or has not created the file yet.</summary>
    public string? Id { get; init; }

    /// <summary>The media object to which it belongs.</summary>
    public string? MediaId { get; init; }

    /// <summary><c>video</c>, <c>audio</c>, <c>speech</c>, <c>chapters</c>, <c>image</c> …</summary>
    public string? Kind { get; init; }

    /// <summary>Media type, such as <c>audio/mpeg</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The address of the file; may be signed and may expire.</summary>
    public Uri? Url { get; init; }

    /// <summary><see cref="Url"/> if it is an http or https address; otherwise null.</summary>
    public Uri? WebUrl => IttybitClient.IsWeb(Url) ? Url : null;

    /// <summary>Duration in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Size in bytes.</summary>
    public long? Filesize { get; init; }

    /// <summary>Width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The label of the task that made it.</summary>
    public string? Ref { get; init; }

    /// <summary>Ittybit's status, unchanged: <c>waiting</c>, <c>processing</c>, <c>ready</c>, <c>failed</c> …</summary>
    public string? Status { get; init; }

    /// <summary>The task that is still fetching the file, if the server responds with that task instead of the file.</summary>
    public string? TaskId { get; init; }
}
