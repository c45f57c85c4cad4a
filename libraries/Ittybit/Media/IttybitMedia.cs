namespace Podcast.Ittybit;

/// <summary>A media object: a title and several files that are versions of the same recording.</summary>
public sealed record IttybitMedia
{
    /// <summary><c>med_…</c> or <c>media_…</c>.</summary>
    public required string Id { get; init; }

    public string? Title { get; init; }

    /// <summary>A text alternative for people who cannot see or hear it.</summary>
    public string? Alt { get; init; }

    /// <summary><c>video</c>, <c>image</c>, <c>audio</c>; null while it has no files.</summary>
    public string? Kind { get; init; }

    /// <summary>Duration in seconds.</summary>
    public double? Duration { get; init; }

    public IReadOnlyList<IttybitFile> Files { get; init; } = [];

    /// <summary>Addresses by label: <c>original</c>, <c>podcast_audio</c> … May be signed: never log them.</summary>
    public IReadOnlyDictionary<string, Uri> Urls { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Metadata that we set; values that are not strings are kept as JSON text.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>The body of <c>POST</c> and <c>PATCH /media</c>; null values are omitted and therefore not changed.</summary>
public sealed record MediaRequest
{
    public string? Title { get; init; }

    /// <summary>A text alternative for people who cannot see or hear it.</summary>
    public string? Alt { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
