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

    private static ApiAnswer List(Paging? page, Wire wire, MediaStore media) =>
        page is null ? Paging.Invalid : page.Answer(media.List(page).Select(wire.Write), media.Count());

    private static ApiAnswer Create(JsonBody body, Wire wire, MediaStore media) => body.Value is null
        ? JsonBody.Invalid
        : ApiAnswer.Created(wire.Write(media.Add(body.Text("title"), body.Text("alt"), body.Object("metadata"))));

    private static ApiAnswer Get(string id, Wire wire, MediaStore media) =>
        media.Find(id) is { } one ? ApiAnswer.Ok(wire.Write(one)) : ApiAnswer.NotFound("media", id);

    /// <summary>Changes only the given fields.</summary>
    private static ApiAnswer Change(string id, JsonBody body, Wire wire, MediaStore media, TimeProvider clock)
    {
        if (media.Find(id) is not { } one)
            return ApiAnswer.NotFound("media", id);
        if (body.Value is not { } given)
            return JsonBody.Invalid;

        one = one with
        {
            Title = given.ContainsKey("title") ? body.Text("title") : one.Title,
            Alt = given.ContainsKey("alt") ? body.Text("alt") : one.Alt,
            Metadata = given.ContainsKey("metadata") ? body.Object("metadata") : one.Metadata,
            Updated = clock.GetUtcNow(),
        };
        media.Save(one);
        return ApiAnswer.Ok(wire.Write(one));
    }

    private static ApiAnswer Delete(string id, MediaStore media, Library library)
    {
        if (media.Find(id) is not { } one)
            return ApiAnswer.NotFound("media", id);

        library.Delete(one);
        return ApiAnswer.Deleted(id);
    }
}
