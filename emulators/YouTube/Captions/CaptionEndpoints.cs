namespace Podcast.Emulators.YouTube.Captions;

/// <summary><c>captions.list</c>, <c>captions.update</c> without media, <c>captions.download</c> and <c>captions.delete</c>.</summary>
internal static class CaptionEndpoints
{
    public static void MapCaptions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/captions", List).WithMetadata(ApiMethod.CaptionsList);
        app.MapPut("/captions", Update).WithMetadata(ApiMethod.CaptionsUpdate);
        app.MapGet("/captions/{id}", Download).WithMetadata(ApiMethod.CaptionsDownload);
        app.MapDelete("/captions", Delete).WithMetadata(ApiMethod.CaptionsDelete);
    }

    private static IResult List(HttpContext http, Documents documents)
    {
        if (Parts.Read(http.Request, out _) is { } refusal)
            return refusal;
        if (http.Request.Query["videoId"].ToString() is not { Length: > 0 } videoId)
            return new GoogleError(400, "required", "Required parameter: videoId");
        if (VideoEndpoints.Find(http, documents, videoId, out _) is { } problem)
            return problem;

        var list = documents.Of<CaptionTrack>(videoId).ConvertAll(track => track.Write());
        return Parts.Page(http.Request, "captionListResponse", list);
    }

    private static IResult Update(HttpContext http, JsonBody body, CaptionUpdate update, Documents documents) =>
        Parts.Read(http.Request, out _) is { } refusal ? refusal
        : update.Find(body.Value, Caller.Of(http).ChannelId!, out var track) is { } problem ? problem
        : Results.Json(documents.Save(update.Change(track, body.Value!)).Write());

    private static IResult Download(string id, HttpContext http, CaptionUpdate update, UploadFiles files) =>
        Find(id, http, update, out var track) is { } refusal ? refusal
        : Results.File(files.PathOf(track.Content.UploadId), "application/octet-stream");

    private static IResult Delete(HttpContext http, CaptionUpdate update, Documents documents, UploadFiles files)
    {
        if (Find(http.Request.Query["id"], http, update, out var track) is { } refusal)
            return refusal;
        documents.Remove<CaptionTrack>(track.Id);
        files.Delete(track.Content.UploadId);
        return Results.NoContent();
    }

    private static GoogleError? Find(string? id, HttpContext http, CaptionUpdate update, out CaptionTrack track) =>
        update.Find(new JsonObject { ["id"] = id }, Caller.Of(http).ChannelId!, out track);
}
