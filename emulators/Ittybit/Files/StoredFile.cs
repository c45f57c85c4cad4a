namespace Podcast.Emulators.Ittybit.Files;

/// <summary>The record of a file. Its URL is computed for each answer: <c>{base}{prefix}/files-host/{Path}</c>.</summary>
internal sealed record StoredFile
{
    public required string Id { get; init; }

    public required string MediaId { get; init; }

    /// <summary><c>source</c>, <c>track</c> or <c>intelligence</c>.</summary>
    public required string Object { get; init; }

    /// <summary>Whether a task made the file; otherwise a client uploaded it or gave its URL.</summary>
    public bool IsOutput { get; init; }

    public string? Kind { get; init; }

    /// <summary>The content type.</summary>
    public required string Type { get; init; }

    public string? Format { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    public double? Fps { get; init; }

    /// <summary>Bytes.</summary>
    public long Filesize { get; init; }

    /// <summary>Bits per second.</summary>
    public int? Bitrate { get; init; }

    public string? Language { get; init; }

    public string? Ref { get; init; }

    public string? Folder { get; init; }

    public required string Filename { get; init; }

    /// <summary>Folder and file name, as in the URL.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the content on disk; equal simulated outputs share it.</summary>
    public required string Blob { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<Segment>? Chapters { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }
}
