namespace Podcast.Emulators.Ittybit.Media;

/// <summary><c>/media</c>: create an empty object (uploads create theirs by themselves), read, change, delete.</summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder api)
    {
        api.MapGet("/media", List);
        api.MapPost("/media", Create);
        api.MapGet("/media/{id}", Get);
        api.MapPatch("/media/{id}", Change);
        api.MapDelete("/media/{id}", Delete);
    }

    private static ApiAnswer List(HttpRequest request, UrlContext voice, MediaStore media, MediaWire wire) =>
        Paging.TryRead(request, out var page, out var problem)
            ? new ApiAnswer.Many(
                new JsonArray([.. media.List(page.Offset, page.Limit).Select(one => wire.Write(one, voice))]), page, media.Count())
            : problem;

    private static ApiAnswer Create(JsonBody body, UrlContext voice, MediaStore media, MediaWire wire)
    {
        if (body.Value is null)
            return ApiAnswer.Invalid("The body must be a JSON object.");

        var one = media.Add(body.Text("title"), body.Text("alt"), Metadata(body));
        return ApiAnswer.Created(wire.Write(one, voice));
    }

    private static ApiAnswer Get(string id, UrlContext voice, MediaStore media, MediaWire wire) =>
        media.Find(id) is { } one
            ? ApiAnswer.Ok(wire.Write(one, voice))
            : ApiAnswer.NotFound("media", id);

    /// <summary>Changes only the given fields.</summary>
    private static ApiAnswer Change(string id, JsonBody body, UrlContext voice, MediaStore media, MediaWire wire, TimeProvider clock)
    {
        if (media.Find(id) is not { } one)
            return ApiAnswer.NotFound("media", id);
        if (body.Value is not { } given)
            return ApiAnswer.Invalid("The body must be a JSON object.");

        one = one with
        {
            Title = given.ContainsKey("title") ? body.Text("title") : one.Title,
            Alt = given.ContainsKey("alt") ? body.Text("alt") : one.Alt,
            Metadata = given.ContainsKey("metadata") ? Metadata(body) : one.Metadata,
            Updated = clock.GetUtcNow(),
        };
        media.Save(one);
        return ApiAnswer.Ok(wire.Write(one, voice));
    }

    private static ApiAnswer Delete(string id, MediaStore media, Library library)
    {
        if (media.Find(id) is not { } one)
            return ApiAnswer.NotFound("media", id);

        library.Delete(one);
        return ApiAnswer.Deleted(id);
    }

    private static JsonObject? Metadata(JsonBody body) => (body.Value?["metadata"] as JsonObject)?.DeepClone().AsObject();
}
