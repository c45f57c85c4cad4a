using Podcast.ShowNotes;

namespace Podcast.Publishing.YouTube;

/// <summary>
/// Adds captions and lists them afterwards: YouTube answers 200 to some tracks that never appear. A track that exists is not sent
/// again.
/// </summary>
internal sealed class VideoCaptions(YouTubeClient youTube, PublishedTexts texts, VideoAccess accounts)
{
    private const string DefaultLanguage = "en";
    private const string Name = "";

    public async Task<StepResult> Attach(Publication publication, CancellationToken cancellationToken)
    {
        var access = await accounts.Of(publication, cancellationToken);
        if (!access.CanCaption)
            return Without("the account was connected by --device, and Google gives devices no permission for captions");
        var transcript = await texts.Transcript(publication, cancellationToken);
        var track = CaptionCompiler.Compile(transcript?.Lines ?? []);
        if (track.Srt is not { } srt)
            return Without(track.LeftOut!);

        var language = publication.Show.Language ?? transcript!.Language ?? DefaultLanguage;
        if (Find(await youTube.Captions(access, publication.RemoteId!, cancellationToken), language) is { } known)
            return Judge(known);
        await youTube.InsertCaptions(access, publication.RemoteId!, language, Name, srt, cancellationToken);
        var listed = Find(await youTube.Captions(access, publication.RemoteId!, cancellationToken), language);
        return listed is null
            ? Without("YouTube accepted them, and they are not among the video's captions")
            : Judge(listed);
    }

    private static StepResult Judge(CaptionInfo track) =>
        track.Status == "failed" ? Without("YouTube could not read the file") : StepResult.Nothing;

    private static StepResult Without(string why) =>
        StepResult.Done(new PublicationReceipt(Notes: [$"Without captions: {why}."]));

    private static CaptionInfo? Find(IReadOnlyList<CaptionInfo> tracks, string language) =>
        tracks.FirstOrDefault(track => track.Language == language && (track.Name ?? "") == Name);
}
