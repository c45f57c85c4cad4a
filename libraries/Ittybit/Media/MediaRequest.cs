namespace Podcast.Ittybit;

/// <summary>The body of <c>POST</c> and <c>PATCH /media</c>; null values are omitted and therefore not changed.</summary>
public sealed record MediaRequest
{
    public string? Title { get; init; }

    /// <summary>A text alternative for people who cannot see or hear it.</summary>
    public string? Alt { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
