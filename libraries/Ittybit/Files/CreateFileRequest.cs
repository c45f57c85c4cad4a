namespace Podcast.Ittybit;

/// <summary>The body of <c>POST /files</c>; what is null is not sent.</summary>
public sealed record CreateFileRequest
{
    /// <summary>Where Ittybit fetches the file.</summary>
    public required Uri Url { get; init; }

    /// <summary>The media object that it joins; null makes a new one.</summary>
    public string? MediaId { get; init; }

    public string? Folder { get; init; }

    public string? Filename { get; init; }

    /// <summary>A label to find it by.</summary>
    public string? Ref { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
