namespace Podcast.Emulators.Ittybit.Files;

/// <summary>The record of a file. Its URL is computed for each answer: <c>{base}{prefix}/files-host/{Path}</c>.</summary>
/// <param name="Object"><c>source</c>, <c>track</c> or <c>intelligence</c>.</param>
/// <param name="Type">The content type.</param>
/// <param name="Blob">The name of the content on disk; equal simulated outputs share it.</param>
/// <param name="IsOutput">Whether a task made the file; otherwise a client uploaded it or gave its URL.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Filesize">Bytes.</param>
/// <param name="Bitrate">Bits per second.</param>
internal sealed record StoredFile(
    string Id,
    string MediaId,
    string Object,
    string Type,
    string? Folder,
    string Filename,
    string Blob,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    bool IsOutput = false,
    string? Kind = null,
    string? Format = null,
    int? Width = null,
    int? Height = null,
    double? Duration = null,
    double? Fps = null,
    long Filesize = 0,
    int? Bitrate = null,
    string? Language = null,
    string? Ref = null,
    JsonObject? Metadata = null,
    IReadOnlyList<Segment>? Chapters = null)
{
    /// <summary>Folder and file name, as in the URL.</summary>
    public string Path => new FilePath(Folder, Filename).ToString();
}
