namespace Podcast.Emulators.Ittybit.Media;

/// <summary>A media object: groups an upload and its outputs. Each file refers to its media object, not the reverse.</summary>
internal sealed record StoredMedia
{
    public required string Id { get; init; }

    public string? Title { get; init; }

    public string? Alt { get; init; }

    public JsonObject? Metadata { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }
}
