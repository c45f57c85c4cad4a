using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.MediaWork;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>A file as it is kept. Its URL is made when it is told: <c>{base}{prefix}/files-host/{Path}</c>.</summary>
internal sealed record StoredFile
{
    public required string Id { get; init; }

    public required string MediaId { get; init; }

    /// <summary><c>source</c>, <c>track</c> or <c>intelligence</c>.</summary>
    public required string Object { get; init; }

    /// <summary>Made by a task, not brought by somebody.</summary>
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

    /// <summary>The name of the content on disk; simulated files share theirs.</summary>
    public required string Blob { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<Segment>? Chapters { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }
}
