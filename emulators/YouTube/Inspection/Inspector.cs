using Podcast.Emulators.YouTube.Captions;

namespace Podcast.Emulators.YouTube.Inspection;

/// <summary>A video as the emulator knows it.</summary>
/// <param name="Privacy">What viewers meet now: private, unlisted or public.</param>
/// <param name="UploadStatus">uploaded, processed, failed or rejected.</param>
/// <param name="Content">Length and hash of the media.</param>
/// <param name="Received">The requests that carried its bytes.</param>
public sealed record InspectedVideo(
    string Id, string ChannelId, string? Title, string Privacy, string UploadStatus, StoredContent Content,
    IReadOnlyList<ReceivedBytes> Received, StoredContent? Thumbnail, IReadOnlyList<InspectedCaptions> Captions)
{
    /// <summary>The number of bytes that arrived although they were stored before.</summary>
    public long RepeatedBytes => Received.Sum(one => one.Repeated);
}

/// <summary>A caption track.</summary>
/// <param name="Cues">Null: the file could not be read.</param>
public sealed record InspectedCaptions(string Id, string Language, string Name, bool IsDraft, StoredContent Content, CueTimes? Cues);

/// <summary>An upload in any of the three forms.</summary>
/// <param name="Method">videos.insert, captions.insert, captions.update or thumbnails.set.</param>
/// <param name="Total">The length of the media in bytes, if the client told it.</param>
/// <param name="Stored">The number of stored bytes.</param>
public sealed record InspectedUpload(
    string Id, string Method, string ChannelId, long? Total, long Stored, IReadOnlyList<ReceivedBytes> Received, bool IsFinished,
    bool IsExpired);

/// <summary>Reads what tests want to know and Google's API does not tell.</summary>
internal sealed class Inspector(Documents documents, TimeProvider clock)
{
    public List<InspectedVideo> Videos() => documents.All<Video>().ConvertAll(video => new InspectedVideo(
        video.Id,
        video.ChannelId,
        (string?)video.Snippet["title"],
        video.PrivacyAt(clock.GetUtcNow()),
        video.UploadStatusAt(clock.GetUtcNow()),
        video.Content,
        documents.Find<UploadSession>(video.Content.UploadId)?.Received ?? [],
        video.Thumbnail,
        documents.Of<CaptionTrack>(video.Id).ConvertAll(track =>
            new InspectedCaptions(track.Id, track.Language, track.Name, track.IsDraft, track.Content, track.Cues))));

    public List<InspectedUpload> Uploads() => documents.All<UploadSession>().ConvertAll(upload => new InspectedUpload(
        upload.Id, upload.Method, upload.Request.ChannelId, upload.Total, upload.Stored, upload.Received, upload.Answer is not null,
        upload.IsExpired));

    public List<QuotaUse> Quota() => documents.All<QuotaUse>();
}
