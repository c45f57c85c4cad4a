namespace Podcast.Emulators.YouTube.Playlists;

/// <summary>
/// <c>playlistItems.list</c>, for the uploads of a channel (newest first) and for playlists that have items, and
/// <c>playlistItems.insert</c>, which makes the playlist if its id is new.
/// </summary>
internal static class PlaylistItemEndpoints
{
    private const int DefaultPage = 5;
    private const string Domain = "youtube.playlistItem";

    public static void MapPlaylistItems(this IEndpointRouteBuilder app)
    {
        app.MapGet("/playlistItems", List).WithMetadata(ApiMethod.PlaylistItemsList);
        app.MapPost("/playlistItems", Insert).WithMetadata(ApiMethod.PlaylistItemsInsert);
    }

    private static IResult List(HttpContext http, Documents documents, ChannelDirectory channels, TimeProvider clock)
    {
        if (Parts.Read(http.Request, out var parts) is { } refusal)
            return refusal;
        if (http.Request.Query["playlistId"].ToString() is not { Length: > 2 } id)
            return Parts.NoFilter("id, playlistId");

        var channel = id.StartsWith("UU", StringComparison.Ordinal) ? channels.Find("UC" + id[2..]) : null;
        var items = channel is null
            ? documents.Of<PlaylistItem>(id)
            : [.. documents.Of<Video>(channel.Id).AsEnumerable().Reverse().Select(PlaylistItem.Of)];
        if (channel is null && items.Count == 0)
            return new GoogleError(404, "playlistNotFound", "The playlist cannot be found.", Domain);

        var (caller, now) = (Caller.Of(http), clock.GetUtcNow());
        var visible = items.Select(item => (Item: item, Video: documents.Find<Video>(item.VideoId)))
            .Where(one => one.Video is not null && (caller.Owns(one.Video) || one.Video.PrivacyAt(now) == "public"));
        var list = visible.Select((one, at) => one.Item.Write(one.Video!, one.Video!.PrivacyAt(now), at, parts)).ToList();
        return Parts.Page(http.Request, "playlistItemListResponse", list, DefaultPage);
    }

    private static IResult Insert(HttpContext http, JsonBody body, Documents documents, TimeProvider clock)
    {
        if (Parts.Read(http.Request, out var parts) is { } refusal)
            return refusal;
        var snippet = body.Object("snippet") ?? [];
        if (VideoMetadata.Text(snippet, "playlistId") is not { Length: > 2 } playlistId)
            return new GoogleError(400, "playlistIdRequired", "The request does not specify a playlist.", Domain);
        if (playlistId.StartsWith("UU", StringComparison.Ordinal))
            return new GoogleError(403, "playlistItemsNotAccessible", "YouTube keeps the playlist of uploads itself.", Domain);

        var videoId = snippet["resourceId"] is JsonObject resource ? VideoMetadata.Text(resource, "videoId") : null;
        if (documents.Find<Video>(videoId ?? "") is not { } video)
            return GoogleError.VideoNotFound(videoId);

        var position = documents.Of<PlaylistItem>(playlistId).Count;
        var item = documents.Save(new PlaylistItem(NewId.Of("PLI"), playlistId, video.Id, clock.GetUtcNow()));
        return Results.Json(item.Write(video, video.PrivacyAt(item.AddedAt), position, parts));
    }
}
