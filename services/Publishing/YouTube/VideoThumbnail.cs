namespace Podcast.Publishing.YouTube;

/// <summary>Sets the thumbnail. It is optional: a refusal is noted, and the video goes on.</summary>
internal sealed class VideoThumbnail(YouTubeClient youTube, SourceFiles sources, VideoAccess accounts)
{
    private const long MostBytes = 50 * 1024 * 1024;

    public async Task<StepResult> Attach(Publication publication, CancellationToken cancellationToken)
    {
        try
        {
            var output = publication.Output(TaskKind.Thumbnail)!;
            var access = await accounts.Of(publication, cancellationToken);
            using var image = await sources.Open("thumbnail", output, null, from: 0, length: null, cancellationToken);
            if (image.Total > MostBytes)
                throw StepException.Refused($"the image has {image.Total} bytes, and YouTube takes {MostBytes}");
            await youTube.SetThumbnail(
                access, publication.RemoteId!, image.Content, image.Length, output.ContentType ?? "image/jpeg", cancellationToken);
            return StepResult.Nothing;
        }
        catch (StepException refusal) when (refusal.Result.Outcome == StepOutcome.Refused)
        {
            return StepResult.Done(new PublicationReceipt(Notes: [$"Without the thumbnail: {refusal.Message}"]));
        }
    }
}
