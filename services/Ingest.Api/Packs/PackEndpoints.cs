using System.IO.Compression;

namespace Podcast.Ingest.Api.Packs;

/// <summary>An episode's texts for a channel, for people who upload by hand.</summary>
internal static class PackEndpoints
{
    private const string Zip = "application/zip";

    public static void MapPacks(this RouteGroupBuilder episodes) =>
        episodes.MapGet("/{id:guid}/publish-pack/{channel}", Download)
            .WithSummary("An episode's texts for a channel, as a zip, for uploading by hand")
            .WithDescription(
                $"`channel` is {string.Join(", ", PackMaker.Channels)}. The zip has title, description, tags, chapters and captions as far "
                + "as the channel takes them, a checklist, and `manifest.json` with the addresses of the media. Signed addresses in it "
                + "expire: download it anew then.")
            .Produces<Stream>(StatusCodes.Status200OK, Zip)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Download(
        Owner owner, Guid id, string channel, EpisodeReader episodes, PackMaker packs, CancellationToken cancellationToken)
    {
        if (!PackMaker.Channels.Contains(channel))
            return NotFound($"There is no channel {channel}: it is one of {string.Join(", ", PackMaker.Channels)}.");
        if (await episodes.Find(owner, id, cancellationToken) is not { } episode)
            return Refusals.NoSuchEpisode;
        if (episode.Stage != EpisodeStatus.Processed)
            return Refusals.Conflict($"The episode is {episode.Status}: there is a pack when it is processed.");

        var pack = await packs.Make(owner, episode, channel, cancellationToken);
        return pack.Refusal is { } refusal
            ? refusal
            : TypedResults.Stream(await Zipped(pack.Answer!, cancellationToken), Zip, $"{channel}-{id}.zip");
    }

    /// <summary>In memory: they are texts, and a failure half-way would look like a whole file.</summary>
    private static async Task<Stream> Zipped(IReadOnlyList<ShowNotes.PackFile> files, CancellationToken cancellationToken)
    {
        var stream = new MemoryStream();
        await using (var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
        {
            foreach (var file in files)
            {
                await using var entry = await zip.CreateEntry(file.Name).OpenAsync(cancellationToken);
                await entry.WriteAsync(file.Content, cancellationToken);
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static ProblemHttpResult NotFound(string why) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: why);
}
