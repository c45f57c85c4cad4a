namespace Podcast.Ittybit;

/// <summary>The body of <c>POST</c> and <c>PATCH /media</c>; what is null is not sent, and so not changed.</summary>
public sealed record MediaRequest
{
    public string? Title { get; init; }

    /// <summary>A description for those who cannot see it.</summary>
    public string? Alt { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
