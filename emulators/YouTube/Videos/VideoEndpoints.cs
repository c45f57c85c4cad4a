namespace Podcast.Emulators.YouTube.Videos;

/// <summary><c>videos.list</c> by id, <c>videos.update</c> and <c>videos.delete</c>; uploads are in <see cref="VideoUpload"/>.</summary>
internal static class VideoEndpoints
{
    public static void MapVideos(this IEndpointRouteBuilder app)
    {
        app.MapGet("/videos", List).WithMetadata(ApiMethod.VideosList);
        app.MapPut("/videos", Update).WithMetadata(ApiMethod.VideosUpdate);
        app.MapDelete("/videos", Delete).WithMetadata(ApiMethod.VideosDelete);
    }

    /// <summary>Ids that are unknown, or of another channel's private videos, are left out.</summary>
    private static IResult List(HttpContext http, Documents documents, VideoResource resource, TimeProvider clock)
    {
        if (Parts.Read(http.Request, out var parts) is { } refusal)
            return refusal;
        if (Parts.Values(http.Request, "id") is not { Length: > 0 } ids)
            return Parts.NoFilter("chart, id, myRating");

        var caller = Caller.Of(http);
        var videos = ids.Distinct().Select(documents.Find<Video>).OfType<Video>()
            .Where(video => caller.Owns(video) || video.PrivacyAt(clock.GetUtcNow()) != "private");
        return Parts.Page(http.Request, "videoListResponse", [.. videos.Select(video => resource.Write(video, parts))]);
    }

    /// <summary>Replaces the parts that <c>part</c> names as a whole, as YouTube does.</summary>
    private static IResult Update(HttpContext http, JsonBody body, Documents documents, VideoResource resource, TimeProvider clock) =>
        documents.Change<IResult>(() =>
        {
            if (Parts.Read(http.Request, out var parts) is { } refusal)
                return refusal;
            if (Find(http, documents, body.Text("id"), out var video) is { } problem)
                return problem;

            if (parts.Contains("snippet"))
            {
                var snippet = body.Object("snippet") ?? [];
                if (VideoMetadata.Text(snippet, "title") is null || VideoMetadata.Text(snippet, "categoryId") is null)
                    return GoogleError.Video("invalidVideoMetadata", "The snippet must have a title and a categoryId.");
                if (VideoMetadata.Check(snippet) is { } invalid)
                    return invalid;
                video = video with { Snippet = snippet };
            }

            if (parts.Contains("status"))
            {
                var status = body.Object("status") ?? [];
                var privacy = video.PrivacyAt(clock.GetUtcNow());
                if (VideoMetadata.CheckStatus(status, privacy) is { } invalid)
                    return invalid;
                status["privacyStatus"] ??= privacy;
                video = video with { Status = VideoMetadata.Writable(status) };
            }

            return Results.Json(resource.Write(documents.Save(video), parts));
        });

    private static IResult Delete(HttpContext http, Documents documents) => documents.Change<IResult>(() =>
    {
        if (Find(http, documents, http.Request.Query["id"], out var video) is { } problem)
            return problem;
        documents.Remove<Video>(video.Id);
        return Results.NoContent();
    });

    /// <summary>Finds a video of the caller's channel. If there is none, returns the refusal.</summary>
    public static GoogleError? Find(HttpContext http, Documents documents, string? id, out Video video)
    {
        video = documents.Find<Video>(id ?? "")!;
        return video is null ? GoogleError.VideoNotFound(id) : Caller.Of(http).Owns(video) ? null : GoogleError.Forbidden;
    }
}
