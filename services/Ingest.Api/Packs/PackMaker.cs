using Podcast.Ingest.Api.Shows;
using Podcast.ShowNotes;

namespace Podcast.Ingest.Api.Packs;

/// <summary>Compiles the publish pack of a processed episode from the read model, and from the chapters that Ittybit made.</summary>
internal sealed class PackMaker(IngestDb db, ShowStore shows, EpisodeOutputs made)
{
    private const string Youtube = "youtube";
    private const string Transistor = "transistor";
    private const string Feed = "feed"; // of one's own

    /// <summary>Those that have a pack.</summary>
    public static IReadOnlyList<string> Channels { get; } = [Transistor, Youtube, Feed];

    /// <summary>The files, each in the channel's folder, and the manifest; or why the show's patterns do not allow it.</summary>
    public async Task<Outcome<IReadOnlyList<PackFile>>> Make(
        Owner owner, Episode episode, string channel, CancellationToken cancellationToken)
    {
        var show = (await shows.Of(owner, episode.Show, cancellationToken)).Show?.Put.Settings();
        var outputs = EpisodeOutputs.Of(episode);
        var transcript = await db.Transcripts.AsNoTracking().SingleOrDefaultAsync(one => one.EpisodeId == episode.Id, cancellationToken);
        var links = await db.Publications.AsNoTracking().Where(row => row.EpisodeId == episode.Id)
            .ToDictionaryAsync(row => row.Channel, row => row.Snapshot.Link, cancellationToken);
        var chapters = await made.Chapters(outputs, cancellationToken);
        var facts = new EpisodeFacts(
            episode.Title, episode.Description ?? "", chapters, episode.Details?.Season, episode.Details?.Number,
            links.GetValueOrDefault(PublishingChannel.Youtube), links.GetValueOrDefault(PublishingChannel.Transistor));
        var texts = show is null ? new ShowTexts { Show = "" } : ShowTexts.Of(show);
        var captions = CaptionCompiler.Compile(
            transcript is null ? [] : JsonSerializer.Deserialize<TranscriptLine[]>(transcript.Lines)!);
        try
        {
            var files = channel switch
            {
                Youtube => PublishPack.YouTube(YouTubeMetadata.Compile(texts, facts), chapters, captions),
                Transistor => PublishPack.Transistor(TransistorMetadata.Compile(texts, facts), chapters, transcript?.Text),
                _ => PublishPack.Feed(chapters, captions),
            };
            return new([.. files, await PackManifest.Of(episode, channel, files, outputs, made.Address, cancellationToken)], null);
        }
        catch (FormatException pattern)
        {
            return new(null, Refusals.Conflict($"A pattern of the show is invalid: {pattern.Message} Correct it in the show's settings."));
        }
    }
}
