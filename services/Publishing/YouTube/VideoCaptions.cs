using Podcast.Publishing.Planning;
using Podcast.ShowNotes;

namespace Podcast.Publishing.YouTube;

/// <summary>
/// Adds captions and lists them afterwards: YouTube answers 200 to some tracks that never appear. A track that exists is not replaced.
/// </summary>
internal sealed class VideoCaptions(
    YouTubeClient youTube, PublishedTexts texts, VideoAccess accounts, Turns turns, YouTubeQuota quota, IOptions<YouTubeOptions> costs)
{
    private const string DefaultLanguage = "en";
    private const string Name = "";
    private const string Missing = "Without captions";

    public async Task<StepResult> Attach(Publication publication, CancellationToken cancellationToken)
    {
        var access = await accounts.Of(publication, cancellationToken);
        if (!access.CanCaption)
            return Without("the account was connected by --device, and Google gives devices no permission for captions");
        var transcript = await texts.Transcript(publication, cancellationToken);
        var track = CaptionCompiler.Compile(transcript?.Lines ?? []);
        if (track.Srt is not { } srt)
            return Without(track.LeftOut!);

        var doesFollow = publication.Step == Step.TrailingCaptions;
        if (doesFollow)
            await turns.SpendCaptions(publication, access, cancellationToken);
        else
            await quota.Spend(access.Project, costs.Value.CaptionInsertCost + costs.Value.CaptionListCost, cancellationToken);
        await youTube.InsertCaptions(
            access, publication.RemoteId!, Language(publication, transcript), Name, srt, cancellationToken);
        return doesFollow ? StepResult.Nothing : await Judge(publication, access, transcript, cancellationToken);
    }

    /// <summary>Lists the captions of a public video, as soon as there are units that nothing else needs.</summary>
    public async Task<StepResult> Confirm(Publication publication, CancellationToken cancellationToken)
    {
        if (publication.Notes.Any(note => note.StartsWith(Missing, StringComparison.Ordinal)))
            return StepResult.Nothing; // none were sent
        var access = await accounts.Of(publication, cancellationToken);
        var transcript = publication.Show.Language is null ? await texts.Transcript(publication, cancellationToken) : null;
        await turns.SpendCheck(publication, access, cancellationToken);
        return await Judge(publication, access, transcript, cancellationToken);
    }

    private async Task<StepResult> Judge(
        Publication publication, YouTubeAccess access, Media.Transcript? transcript, CancellationToken cancellationToken)
    {
        var language = Language(publication, transcript);
        var tracks = await youTube.Captions(access, publication.RemoteId!, cancellationToken);
        return tracks.FirstOrDefault(track => track.Language == language && (track.Name ?? "") == Name) switch
        {
            null => Without("YouTube accepted them, and they are not among the video's captions"),
            { Status: "failed" } => Without("YouTube could not read the file"),
            _ => StepResult.Nothing,
        };
    }

    private static string Language(Publication publication, Media.Transcript? transcript) =>
        publication.Show.Language ?? transcript?.Language ?? DefaultLanguage;

    private static StepResult Without(string why) =>
        StepResult.Done(new PublicationReceipt(Notes: [$"{Missing}: {why}."]));
}
