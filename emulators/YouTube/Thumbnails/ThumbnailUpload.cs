namespace Podcast.Emulators.YouTube.Thumbnails;

/// <summary><c>thumbnails.set</c>: a JPEG or PNG picture, for channels whose phone number is verified.</summary>
internal sealed class ThumbnailUpload(
    Documents documents, ChannelDirectory channels, UploadFiles files, IOptions<YouTubeEmulatorOptions> options) : IUploadTarget
{
    private const string Domain = "youtube.thumbnail";

    private static readonly byte[][] Signatures = [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47]];

    public string Path => "/thumbnails/set";

    public ApiMethod Method => ApiMethod.ThumbnailsSet;

    public long MaxBytes => 50 * 1024 * 1024;

    public GoogleError? Check(UploadRequest request)
    {
        if (documents.Find<Video>(request.VideoId ?? "") is not { } video)
            return GoogleError.VideoNotFound(request.VideoId);
        if (video.ChannelId != request.ChannelId)
            return GoogleError.Forbidden;
        var message = "The authenticated user doesn't have permissions to upload and set custom video thumbnails.";
        return channels.Find(request.ChannelId) is { PhoneVerified: true } ? null : new GoogleError(403, "forbidden", message, Domain);
    }

    public UploadAnswer Accept(UploadRequest request, StoredContent content)
    {
        if (content.Length == 0)
            return new UploadAnswer(null, GoogleError.MediaBodyRequired);
        if (!IsPicture(content))
            return new UploadAnswer(null, new GoogleError(400, "invalidImage", "The provided image content is invalid.", Domain));
        if (documents.Find<Video>(request.VideoId!) is not { } video)
            return new UploadAnswer(null, GoogleError.VideoNotFound(request.VideoId));

        documents.Save(video with { Thumbnail = content });
        var answer = Parts.Resource("thumbnailSetResponse", content.Sha256);
        answer["items"] = new JsonArray(VideoResource.Thumbnails(video.Id));
        return new UploadAnswer(answer, IsContentKept: options.Value.KeepContent);
    }

    private bool IsPicture(StoredContent content)
    {
        using var file = File.OpenRead(files.PathOf(content.UploadId));
        var start = new byte[4];
        file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return Signatures.Any(signature => start.AsSpan().StartsWith(signature));
    }
}
