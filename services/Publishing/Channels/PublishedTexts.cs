using Podcast.Media;
using Podcast.ShowNotes;

namespace Podcast.Publishing.Channels;

/// <summary>
/// The texts of an episode: fetches what Ittybit made of them, and fills the show's patterns. Text that is too long is a violation, not
/// cut.
/// </summary>
internal sealed class PublishedTexts(OutputDownload download, SourceFiles sources, IOptions<PublishingOptions> options)
{
    private const int MostBytes = 16 * 1024 * 1024;

    public static TransistorMetadata Transistor(Publication publication, ChapterList chapters, Uri? video) =>
        Compile(() => TransistorMetadata.Compile(ShowTexts.Of(publication.Show), Facts(publication, chapters, video)));

    public static YouTubeMetadata YouTube(Publication publication, ChapterList chapters) =>
        Compile(() => YouTubeMetadata.Compile(ShowTexts.Of(publication.Show), Facts(publication, chapters, null)));

    /// <summary>The chapters; without an output of that kind, or without the length of the episode, an empty list that says so.</summary>
    public async Task<ChapterList> Chapters(Publication publication, CancellationToken cancellationToken)
    {
        if (publication.Output(TaskKind.ChapterDetection) is not { } output)
            return new([], [], "the episode has no chapters");
        double?[] lengths =
        [
            publication.Output(TaskKind.AudioExtraction)?.DurationSeconds, publication.Output(TaskKind.VideoTranscode)?.DurationSeconds,
        ];
        if (lengths.Min() is not > 0)
            return new([], [], "the length of the episode is unknown");
        var (chapters, _) = ChapterReader.Read(await Fetch("chapters", output, cancellationToken));
        return ChapterCompiler.Compile(chapters, TimeSpan.FromSeconds(lengths.Min()!.Value));
    }

    /// <summary>The transcript; null if none was made.</summary>
    public async Task<Transcript?> Transcript(Publication publication, CancellationToken cancellationToken) =>
        publication.Output(TaskKind.TranscriptGeneration) is { } output
            ? TranscriptReader.Read(await Fetch("transcript", output, cancellationToken))
            : null;

    private async Task<byte[]> Fetch(string what, TaskOutput output, CancellationToken cancellationToken) => await download.Fetch(
        what, await sources.Address(what, output, cancellationToken), MostBytes, options.Value.TransferTimeout, cancellationToken);

    private static EpisodeFacts Facts(Publication publication, ChapterList chapters, Uri? video) => new(
        publication.Episode.Title,
        publication.Episode.Description ?? "",
        chapters,
        publication.Episode.Details?.Season,
        publication.Episode.Details?.Number,
        YouTube: video);

    private static T Compile<T>(Func<T> compile)
    {
        try
        {
            return compile();
        }
        catch (FormatException pattern)
        {
            throw StepException.Refused($"A pattern of the show is invalid: {pattern.Message}", "Correct it in the show's settings.");
        }
    }
}
