using Podcast.Emulators.Ittybit.Media;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary><c>/files</c>: create from a URL, read, change, delete.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/files", List);
        api.MapPost("/files", Create).WithMetadata(CostsMoney.Mark);
        api.MapGet("/files/{id}", Get);
        api.MapPatch("/files/{id}", Change);
        api.MapDelete("/files/{id}", Delete);
    }

    private static ApiAnswer List(HttpRequest request, UrlContext voice, FileStore files, FileWire wire) =>
        Paging.TryRead(request, out var page, out var problem)
            ? new ApiAnswer.Many(
                new JsonArray([.. files.List(page.Offset, page.Limit).Select(file => wire.Write(file, voice))]), page, files.Count())
            : problem;

    private static async Task<ApiAnswer> Create(
        JsonBody body, UrlContext voice, Fetcher fetcher, Library library, MediaStore media, FileWire wire, CancellationToken cancellationToken)
    {
        if (!Fetcher.TryReadUrl(body.Text("url"), out var url))
            return new ApiAnswer.Error(StatusCodes.Status400BadRequest, "url_required", "url must be an absolute http or https URL.");
        if (body.Text("media_id") is { } mediaId && media.Find(mediaId) is null)
            return ApiAnswer.NotFound("media", mediaId);

        var fetched = await fetcher.Fetch(url, cancellationToken);
        if (fetched.Path is not { } content)
            return new ApiAnswer.Error(StatusCodes.Status400BadRequest, "invalid_input", fetched.Problem!);

        var path = FilePath.Of(body.Text("folder"), body.Text("filename") ?? Uri.UnescapeDataString(url.Segments[^1]));
        var details = new SourceDetails(body.Text("media_id"), body.Text("ref"), Metadata(body));
        var file = await library.AddSource(path, content, details, cancellationToken);
        return ApiAnswer.Created(wire.Write(file, voice));
    }

    private static ApiAnswer Get(string id, UrlContext voice, FileStore files, FileWire wire) =>
        files.Find(id) is { } file
            ? ApiAnswer.Ok(wire.Write(file, voice))
            : ApiAnswer.NotFound("file", id);

    private static ApiAnswer Change(string id, JsonBody body, UrlContext voice, FileStore files, FileWire wire, TimeProvider clock)
    {
        if (files.Find(id) is not { } file)
            return ApiAnswer.NotFound("file", id);
        if (body.Value is null)
            return ApiAnswer.Invalid("The body must be a JSON object.");

        var path = FilePath.Of(body.Text("folder") ?? file.Folder, body.Text("filename") ?? file.Filename);
        file = file with
        {
            Folder = path.Folder,
            Filename = path.Filename,
            Path = path.ToString(),
            Ref = body.Text("ref") ?? file.Ref,
            Metadata = Metadata(body) ?? file.Metadata,
            Updated = clock.GetUtcNow(),
        };
        files.Save(file);
        return ApiAnswer.Ok(wire.Write(file, voice));
    }

    private static ApiAnswer Delete(string id, FileStore files, Library library)
    {
        if (files.Find(id) is not { } file)
            return ApiAnswer.NotFound("file", id);

        library.Delete(file);
        return ApiAnswer.Deleted(id);
    }

    private static JsonObject? Metadata(JsonBody body) => (body.Value?["metadata"] as JsonObject)?.DeepClone().AsObject();
}
