namespace Podcast.Ittybit;

/// <summary>A media object: a title and the files that are versions of one thing.</summary>
public sealed record IttybitMedia
{
    /// <summary><c>med_…</c> or <c>media_…</c>.</summary>
    public required string Id { get; init; }

    public string? Title { get; init; }

    /// <summary>A description for those who cannot see it.</summary>
    public string? Alt { get; init; }

    /// <summary><c>video</c>, <c>image</c>, <c>audio</c>; null while it has no file.</summary>
    public string? Kind { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    public IReadOnlyList<IttybitFile> Files { get; init; } = [];

    /// <summary>Addresses by label: <c>original</c>, <c>podcast_audio</c> … May be signed: never log them.</summary>
    public IReadOnlyDictionary<string, Uri> Urls { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Our own words; values that are no strings are kept as their JSON.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
