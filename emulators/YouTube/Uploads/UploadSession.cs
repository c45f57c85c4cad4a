namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>An upload in one of Google's three forms; multipart and media uploads have a session that no client sees.</summary>
/// <param name="Method">The name of the <see cref="ApiMethod"/>.</param>
/// <param name="Total">The number of bytes in all, if the client has told it.</param>
internal sealed record UploadSession(string Id, string Method, UploadRequest Request, long? Total, DateTimeOffset CreatedAt) : IDocument
{
    public string Owner => Request.ChannelId;

    /// <summary>The number of stored bytes, all from the beginning of the media.</summary>
    public long Stored { get; init; }

    /// <summary>Every request that carried bytes, in order of its end.</summary>
    public IReadOnlyList<ReceivedBytes> Received { get; init; } = [];

    /// <summary>The answer to the last byte, and to every request after it.</summary>
    public JsonObject? Answer { get; init; }

    public bool IsExpired { get; init; }
}

/// <summary>The bytes of one request of an upload.</summary>
/// <param name="From">The position of the first byte in the media.</param>
/// <param name="Sent">The number of bytes that arrived.</param>
/// <param name="Stored">The number of new bytes that were stored.</param>
/// <param name="Repeated">The number of bytes that were stored before: the client sent them twice without need.</param>
public sealed record ReceivedBytes(long From, long Sent, long Stored, long Repeated);
