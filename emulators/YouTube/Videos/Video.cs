namespace Podcast.Emulators.YouTube.Videos;

/// <summary>A video. <see cref="Snippet"/> and <see cref="Status"/> are as the client wrote them.</summary>
/// <param name="ProcessedAt">The end of the processing; until then the video is only <c>uploaded</c>.</param>
/// <param name="FailureReason">The word of <c>status.failureReason</c>, if the processing fails.</param>
/// <param name="RejectionReason">The word of <c>status.rejectionReason</c>, if YouTube rejects the video.</param>
/// <param name="IsLocked">The project is not audited: the video stays private, whatever a client writes.</param>
internal sealed record Video(
    string Id, string ChannelId, JsonObject Snippet, JsonObject Status, DateTimeOffset UploadedAt,
    DateTimeOffset ProcessedAt, StoredContent Content, string? FailureReason, string? RejectionReason, bool IsLocked) : IDocument
{
    public string Owner => ChannelId;

    /// <summary>The custom thumbnail.</summary>
    public StoredContent? Thumbnail { get; init; }

    public DateTimeOffset? PublishAt => DateTimeOffset.TryParse(
        (string?)Status["publishAt"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The privacy at that time: a private video whose <c>publishAt</c> has passed is public.</summary>
    public string PrivacyAt(DateTimeOffset now) =>
        IsLocked ? "private" : PublishAt <= now ? "public" : (string?)Status["privacyStatus"] ?? "public";

    public string UploadStatusAt(DateTimeOffset now) => this switch
    {
        _ when now < ProcessedAt => "uploaded",
        { FailureReason: not null } => "failed",
        { RejectionReason: not null } => "rejected",
        _ => "processed",
    };
}
