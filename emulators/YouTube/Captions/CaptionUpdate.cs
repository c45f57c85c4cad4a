namespace Podcast.Emulators.YouTube.Captions;

/// <summary><c>captions.update</c> with media, which replaces the file of a track.</summary>
internal sealed class CaptionUpdate(Documents documents, UploadFiles files, TimeProvider clock) : IUploadTarget
{
    public string Path => "/captions";

    public ApiMethod Method => ApiMethod.CaptionsUpdate;

    public bool IsUpdate => true;

    public long MaxBytes => 100 * 1024 * 1024;

    public GoogleError? Check(UploadRequest request) => Find(request.Metadata, request.ChannelId, out _);

    public UploadAnswer Accept(UploadRequest request, StoredContent content)
    {
        if (Find(request.Metadata, request.ChannelId, out var track) is { } refusal)
            return new UploadAnswer(null, refusal);

        files.Delete(track.Content.UploadId);
        track = Change(track, request.Metadata!) with { Content = content, Cues = CueTimes.Read(files.PathOf(content.UploadId)) };
        return new UploadAnswer(documents.Save(track).Write(), IsContentKept: true);
    }

    /// <summary>Finds the track that a resource names; not null if it does not exist or belongs to another channel.</summary>
    public GoogleError? Find(JsonObject? resource, string channelId, out CaptionTrack track)
    {
        track = documents.Find<CaptionTrack>(resource is null ? "" : VideoMetadata.Text(resource, "id") ?? "")!;
        if (track is null)
            return GoogleError.Caption("captionNotFound", "The caption track cannot be found.", 404);
        return documents.Find<Video>(track.VideoId)?.ChannelId == channelId ? null : GoogleError.Forbidden;
    }

    /// <summary>Changes what is not media: whether the track is a draft.</summary>
    public CaptionTrack Change(CaptionTrack track, JsonObject resource) => track with
    {
        IsDraft = resource["snippet"]?["isDraft"] is { } draft ? draft.GetValueKind() == JsonValueKind.True : track.IsDraft,
        UpdatedAt = clock.GetUtcNow(),
    };
}
