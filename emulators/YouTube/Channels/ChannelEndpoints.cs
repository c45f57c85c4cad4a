namespace Podcast.Emulators.YouTube.Channels;

/// <summary><c>channels.list</c> with <c>mine=true</c> or <c>id</c>. An account without a channel has an empty list.</summary>
internal static class ChannelEndpoints
{
    public static void MapChannels(this IEndpointRouteBuilder app) => app.MapGet("/channels", List).WithMetadata(ApiMethod.ChannelsList);

    private static IResult List(HttpContext http, ChannelDirectory channels)
    {
        if (Parts.Read(http.Request, out var parts) is { } refusal)
            return refusal;

        var isMine = http.Request.Query["mine"] == "true";
        var ids = isMine ? [Caller.Of(http).ChannelId ?? ""] : Parts.Values(http.Request, "id");
        return ids.Length == 0
            ? Parts.NoFilter("forHandle, forUsername, id, mine")
            : Parts.Page(http.Request, "channelListResponse", [.. ids.Select(channels.Find).OfType<YouTubeChannelOptions>().Select(Write)]);

        JsonObject Write(YouTubeChannelOptions channel)
        {
            var resource = Parts.Resource("channel", channel.Id + channel.Title);
            resource["id"] = channel.Id;
            if (parts.Contains("snippet"))
                resource["snippet"] = new JsonObject { ["title"] = channel.Title, ["description"] = "" };
            if (parts.Contains("contentDetails"))
            {
                var playlists = new JsonObject { ["likes"] = "", ["uploads"] = ChannelDirectory.Uploads(channel.Id) };
                resource["contentDetails"] = new JsonObject { ["relatedPlaylists"] = playlists };
            }

            if (parts.Contains("status"))
                resource["status"] = new JsonObject { ["privacyStatus"] = "public", ["isLinked"] = true };
            return resource;
        }
    }
}
