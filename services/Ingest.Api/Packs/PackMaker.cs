using Podcast.Ingest.Api.Shows;
using Podcast.Ingest.Api.Uploads;
using Podcast.Media;
using Podcast.ShowNotes;

namespace Podcast.Ingest.Api.Packs;

/// <summary>Compiles the publish pack of a processed episode from the read model, and from the chapters that Ittybit made.</summary>
internal sealed class PackMaker(
    IngestDb db, ShowStore shows, IIttybitApi ittybit, OutputDownload download, IOptions<UploadOptions> options, TimeProvider clock)
{
    private const string Youtube = "youtube";
    private const string Transistor = "transistor";
    private const string Feed = "feed"; // of one's own
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Those that have a pack.</summary>
    public static IReadOnlyList<string> Channels { get; } = [Transistor, Youtube, Feed];

    /// <summary>The files, each in the channel's folder, and the manifest; or why the show's patterns do not allow it.</summary>
    public async Task<Outcome<IReadOnlyList<PackFile>>> Make(
        Owner owner, Episode episode, string channel, CancellationToken cancellationToken)
    {
        var show = (await shows.Of(owner, episode.Show, cancellationToken)).Show?.Put.Settings();
        var outputs = episode.Tasks.Where(task => task is { Status: TaskState.Completed, Metadata: not null })
            .ToDictionary(task => task.Type, task => JsonSerializer.Deserialize<TaskOutput>(task.Metadata!, Snapshots.Json)!);
        var transcript = await db.Transcripts.AsNoTracking().SingleOrDefaultAsync(one => one.EpisodeId == episode.Id, cancellationToken);
        var links = await db.Publications.AsNoTracking().Where(row => row.EpisodeId == episode.Id)
            .ToDictionaryAsync(row => row.Channel, row => row.Snapshot.Link, cancellationToken);
        var chapters = await Chapters(outputs, cancellationToken);
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
            return new([.. files, await PackManifest.Of(episode, channel, files, outputs, Address, cancellationToken)], null);
        }
        catch (FormatException pattern)
        {
            return new(null, Refusals.Conflict($"A pattern of the show is invalid: {pattern.Message} Correct it in the show's settings."));
        }
    }

    /// <summary>What cannot be had is left out, and the checklist says why.</summary>
    private async Task<ChapterList> Chapters(Dictionary<TaskKind, TaskOutput> outputs, CancellationToken cancellationToken)
    {
        if (!outputs.TryGetValue(TaskKind.ChapterDetection, out var output))
            return new([], [], "the episode has no chapters");
        double?[] lengths = [.. new[] { TaskKind.AudioExtraction, TaskKind.VideoTranscode }
            .Select(kind => outputs.GetValueOrDefault(kind)?.DurationSeconds)];
        if (lengths.Min() is not > 0)
            return new([], [], "the length of the episode is unknown");
        if (await Address(output, cancellationToken) is not { } address)
            return new([], [], "the chapters have no address");
        try
        {
            var bytes = await download.Fetch("chapters", address, MostBytes, options.Value.CheckTimeout, cancellationToken);
            return ChapterCompiler.Compile(ChapterReader.Read(bytes).Chapters, TimeSpan.FromSeconds(lengths.Min()!.Value));
        }
        catch (OutputException trouble)
        {
            return new([], [], trouble.Message);
        }
    }

    /// <summary>An address that has not expired, if Ittybit answers in time.</summary>
    private async Task<Uri?> Address(TaskOutput output, CancellationToken cancellationToken)
    {
        if (output.FileId is not { Length: > 0 } file)
            return output.Url;
        using var limit = new CancellationTokenSource(options.Value.CheckTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await ittybit.GetFile(file, either.Token)).WebUrl ?? output.Url;
        }
        catch (Exception trouble) when (
            !cancellationToken.IsCancellationRequested && IttybitFailure.OfTrouble(trouble, clock) is not null)
        {
            return output.Url;
        }
    }
}
