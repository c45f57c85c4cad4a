namespace Podcast.Transistor;

/// <summary>An answer with one resource: a JSON:API document (developers.transistor.fm, "JSON:API").</summary>
public sealed record TransistorDocument<T>
{
    public required TransistorResource<T> Data { get; init; }
}

/// <summary>An answer with several resources.</summary>
public sealed record TransistorPage<T>
{
    public required IReadOnlyList<TransistorResource<T>> Data { get; init; }

    /// <summary>Which page this is; null if Transistor does not say.</summary>
    public PageMeta? Meta { get; init; }
}

/// <summary>A resource. Attributes that we do not know are ignored.</summary>
public sealed record TransistorResource<T>
{
    /// <summary>A number, as text.</summary>
    public required string Id { get; init; }

    public required T Attributes { get; init; }

    public ResourceRelationships? Relationships { get; init; }

    /// <summary>The id of the show to which it belongs, if it was sent.</summary>
    [JsonIgnore]
    public string? ShowId => Relationships?.Show?.Data?.Id;
}

/// <summary>The related resources, by id.</summary>
public sealed record ResourceRelationships(Relationship? Show);

public sealed record Relationship(ResourceId? Data);

public sealed record ResourceId(string? Id);

/// <summary>The place of a page; unlike all else in the API, its names are in camelCase.</summary>
public sealed record PageMeta(
    [property: JsonPropertyName("currentPage")] int CurrentPage,
    [property: JsonPropertyName("totalPages")] int TotalPages,
    [property: JsonPropertyName("totalCount")] int TotalCount);
