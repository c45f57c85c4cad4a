namespace Podcast.Publishing.YouTube;

/// <summary>Sets the thumbnail. If it cannot be set, the video is published without it, and a note says why.</summary>
internal sealed class VideoThumbnail(YouTubeClient youTube, SourceFiles sources, VideoAccess accounts)
{
    private const long MostBytes = 50 * 1024 * 1024;

    public async Task<StepResult> Attach(Publication publication, CancellationToken cancellationToken)
    {
        var output = publication.Output(TaskKind.Thumbnail)!;
        var access = await accounts.Of(publication, cancellationToken);
        using var image = await sources.Open("thumbnail", output, null, from: 0, length: null, cancellationToken);
        if (image.Total > MostBytes)
            throw StepException.Refused($"The image has {image.Total} bytes, and YouTube takes {MostBytes}.");
        await youTube.SetThumbnail(
            access, publication.RemoteId!, image.Content, image.Length, output.ContentType, cancellationToken);
        return StepResult.Nothing;
    }
}
