using Podcast.ShowNotes;

namespace Podcast.Ingest.Api.Packs;

/// <summary>What a pack is of, and where the media are: <c>manifest.json</c>.</summary>
/// <param name="Files">The names of the other files of the pack.</param>
internal sealed record PackManifest(
    Guid EpisodeId, string Title, string? Show, string Channel, IReadOnlyList<PackMedium> Media, IReadOnlyList<string> Files)
{
    private static readonly TaskKind[] kinds = [TaskKind.AudioExtraction, TaskKind.VideoTranscode, TaskKind.Thumbnail];

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static async Task<PackFile> Of(
        Episode episode, string channel, IReadOnlyList<PackFile> files, Dictionary<TaskKind, TaskOutput> outputs,
        Func<TaskOutput, CancellationToken, Task<Uri?>> address, CancellationToken cancellationToken)
    {
        var media = new List<PackMedium>();
        foreach (var kind in kinds)
        {
            if (outputs.TryGetValue(kind, out var output))
            {
                media.Add(new(
                    kind.ShortName(), await address(output, cancellationToken), output.ContentType, output.Filesize,
                    output.DurationSeconds));
            }
        }

        var manifest = new PackManifest(
            episode.Id, episode.Title, episode.Show, channel, media, [.. files.Select(file => file.Name)]);
        return new PackFile("manifest.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(manifest, json));
    }
}

/// <summary>A file to upload.</summary>
/// <param name="Kind"><c>audio</c>, <c>video</c> or <c>thumbnail</c>.</param>
/// <param name="Url">May be signed and may expire; null if there is none.</param>
internal sealed record PackMedium(string Kind, Uri? Url, string? ContentType, long? Bytes, double? DurationSeconds);
