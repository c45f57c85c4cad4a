namespace Podcast.Ittybit;

/// <summary>
/// The nested options of later servers; see the properties of the same names of <see cref="CreateTaskRequest"/>.
/// </summary>
public sealed record IttybitTaskOptions
{
    public string? Format { get; init; }

    public int? Bitrate { get; init; }

    public int? Channels { get; init; }

    public string? Codec { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Fps { get; init; }

    public string? Language { get; init; }

    public string? Quality { get; init; }

    public string? Ref { get; init; }
}
