namespace Podcast.Ittybit;

/// <summary>A file at Ittybit: an upload, or what a task made.</summary>
public sealed record IttybitFile
{
    /// <summary><c>file_…</c>; null when the server names only an address, or has not made the file yet.</summary>
    public string? Id { get; init; }

    /// <summary>The media object that it belongs to.</summary>
    public string? MediaId { get; init; }

    /// <summary><c>video</c>, <c>audio</c>, <c>speech</c>, <c>chapters</c> …</summary>
    public string? Kind { get; init; }

    /// <summary>Media type, such as <c>audio/mpeg</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Where it can be fetched; may be signed and may expire.</summary>
    public Uri? Url { get; init; }

    /// <summary>The same, if it is an address of the web.</summary>
    public Uri? WebUrl => IttybitClient.IsWeb(Url) ? Url : null;

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Bytes.</summary>
    public long? Filesize { get; init; }

    /// <summary>Pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The label of the task that made it.</summary>
    public string? Ref { get; init; }

    /// <summary><c>waiting</c>, <c>processing</c>, <c>ready</c>, <c>failed</c>, as it came.</summary>
    public string? Status { get; init; }

    /// <summary>The task that is still fetching the file, when the server answers with that instead of the file.</summary>
    public string? TaskId { get; init; }
}
