namespace Podcast.Emulators.YouTube.Playlists;

/// <summary>A video in a playlist.</summary>
internal sealed record PlaylistItem(string Id, string PlaylistId, string VideoId, DateTimeOffset AddedAt) : IDocument
{
    public string Owner => PlaylistId;

    /// <summary>The item of the playlist of all uploads, which YouTube keeps itself.</summary>
    public static PlaylistItem Of(Video video) =>
        new($"UU.{video.Id}", ChannelDirectory.Uploads(video.ChannelId), video.Id, video.UploadedAt);

    public JsonObject Write(Video video, string privacy, int position, string[] parts)
    {
        var resource = Parts.Resource("playlistItem", Id + video.Snippet + privacy);
        resource["id"] = Id;
        if (parts.Contains("snippet"))
            resource["snippet"] = new JsonObject
            {
                ["publishedAt"] = Parts.Time(AddedAt),
                ["channelId"] = video.ChannelId,
                ["title"] = (string?)video.Snippet["title"],
                ["description"] = (string?)video.Snippet["description"] ?? "",
                ["playlistId"] = PlaylistId,
                ["position"] = position,
                ["resourceId"] = new JsonObject { ["kind"] = "youtube#video", ["videoId"] = VideoId },
            };
        if (parts.Contains("contentDetails"))
            resource["contentDetails"] = new JsonObject { ["videoId"] = VideoId, ["videoPublishedAt"] = Parts.Time(video.UploadedAt) };
        if (parts.Contains("status"))
            resource["status"] = new JsonObject { ["privacyStatus"] = privacy };
        return resource;
    }
}
