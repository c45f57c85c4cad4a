namespace Podcast.Ittybit;

/// <summary>The body of <c>POST /files</c>; null values are omitted.</summary>
public sealed record CreateFileRequest
{
    /// <summary>The address from which Ittybit fetches the file.</summary>
    public required Uri Url { get; init; }

    /// <summary>The media object to which the file is added; null creates a new one.</summary>
    public string? MediaId { get; init; }

    public string? Folder { get; init; }

    public string? Filename { get; init; }

    /// <summary>A label by which the file can be found.</summary>
    public string? Ref { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
