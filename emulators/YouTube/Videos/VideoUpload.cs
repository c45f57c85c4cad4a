namespace Podcast.Emulators.YouTube.Videos;

/// <summary><c>videos.insert</c>.</summary>
internal sealed class VideoUpload(
    Documents documents, VideoResource resource, YouTubeChaos chaos, IOptions<YouTubeEmulatorOptions> options, TimeProvider clock)
    : IUploadTarget
{
    public string Path => "/videos";

    public ApiMethod Method => ApiMethod.VideosInsert;

    public long MaxBytes => 256L * 1024 * 1024 * 1024;

    public GoogleError? Check(UploadRequest request)
    {
        if (request.Metadata is not { } metadata)
            return GoogleError.Video("invalidVideoMetadata", "The request does not include the metadata of the video.");
        var yesterday = clock.GetUtcNow().AddDays(-1);
        if (documents.Of<Video>(request.ChannelId).Count(video => video.UploadedAt > yesterday) >= options.Value.ChannelUploadsPerDay)
            return GoogleError.UploadLimitExceeded;
        if (request.Parts.Contains("localizations") && metadata["snippet"]?["defaultLanguage"] is null)
            return GoogleError.Video("defaultLanguageNotSet", "Localizations need the default language of the snippet.");
        return VideoMetadata.Check(Part(request, "snippet")) ?? VideoMetadata.CheckStatus(Part(request, "status"));
    }

    public UploadAnswer Accept(UploadRequest request, StoredContent content)
    {
        var (dial, dice, now) = (chaos.Dial, chaos.Next("video"), clock.GetUtcNow());
        var status = VideoMetadata.Writable(Part(request, "status"));
        status["privacyStatus"] ??= "public";
        var fails = dice.Hit(dial.ProcessingFailPercent, "processing_fail");
        var video = documents.Save(new Video(
            NewId.Of("")[..11], request.ChannelId, Part(request, "snippet"), status, now, now + options.Value.ProcessingTime, content,
            FailureReason: content.Length == 0 ? "emptyFile" : fails ? dial.FailureReason : null,
            RejectionReason: dice.Hit(dial.RejectPercent, "reject") ? dial.RejectionReason : null,
            dial.LockedToPrivate));
        return new UploadAnswer(resource.Write(video, request.Parts), IsContentKept: options.Value.KeepContent);
    }

    private static JsonObject Part(UploadRequest request, string name) =>
        request.Parts.Contains(name) && request.Metadata?[name] is JsonObject part ? part.DeepClone().AsObject() : [];
}
