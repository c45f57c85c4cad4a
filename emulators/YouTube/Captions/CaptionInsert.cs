namespace Podcast.Emulators.YouTube.Captions;

/// <summary>
/// <c>captions.insert</c>. Untimed text is answered like any other, but no track appears: YouTube stopped to time it in 2024.
/// </summary>
internal sealed class CaptionInsert(Documents documents, UploadFiles files, YouTubeChaos chaos, TimeProvider clock) : IUploadTarget
{
    private const int NameCharacters = 150;

    public string Path => "/captions";

    public ApiMethod Method => ApiMethod.CaptionsInsert;

    public long MaxBytes => 100 * 1024 * 1024;

    public GoogleError? Check(UploadRequest request)
    {
        var (videoId, language, name) = Fields(request);
        if (videoId is null || string.IsNullOrEmpty(language) || name is null)
            return GoogleError.Caption("invalidMetadata", "The snippet must have a videoId, a language and a name.");
        if (name.Length > NameCharacters)
            return GoogleError.Caption("nameTooLong", "The name of a caption track has 150 characters at most.");
        if (documents.Find<Video>(videoId) is not { } video)
            return GoogleError.VideoNotFound(videoId);
        if (video.ChannelId != request.ChannelId)
            return GoogleError.Forbidden;
        return documents.Of<CaptionTrack>(videoId).Exists(track => track.Language == language && track.Name == name)
            ? GoogleError.Caption("captionExists", "The video has a caption track with that language and name.", 409)
            : null;
    }

    public UploadAnswer Accept(UploadRequest request, StoredContent content)
    {
        if (content.Length == 0)
            return new UploadAnswer(null, GoogleError.Caption("contentRequired", "The request does not include the captions."));
        if (Check(request) is { } refusal)
            return new UploadAnswer(null, refusal);

        var (videoId, language, name) = Fields(request);
        var isDraft = request.Metadata!["snippet"]!["isDraft"]?.GetValueKind() == JsonValueKind.True;
        var cues = CueTimes.Read(files.PathOf(content.UploadId));
        var track = new CaptionTrack(NewId.Of("AUieD"), videoId!, language!, name!, isDraft, clock.GetUtcNow(), content, cues);
        var isSwallowed = cues?.Count == 0 || chaos.Next("caption").Hit(chaos.Dial.SwallowCaptionsPercent, "swallow_captions");
        if (!isSwallowed)
            documents.Save(track);
        return new UploadAnswer(track.Write(), IsContentKept: !isSwallowed);
    }

    private static (string? VideoId, string? Language, string? Name) Fields(UploadRequest request) =>
        request.Metadata?["snippet"] is JsonObject snippet
            ? (VideoMetadata.Text(snippet, "videoId"), VideoMetadata.Text(snippet, "language"), VideoMetadata.Text(snippet, "name"))
            : default;
}
