using Podcast.Emulators.Ittybit.Media;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary><c>/files</c>: create from a URL, read, change, delete.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/files", List);
        api.MapPost("/files", Create).WithMetadata(new CostsMoney());
        api.MapGet("/files/{id}", Get);
        api.MapPatch("/files/{id}", Change);
        api.MapDelete("/files/{id}", Delete);
    }

    private static ApiAnswer List(Paging? page, Wire wire, FileStore files) =>
        page is null ? Paging.Invalid : page.Answer(files.List(page).Select(wire.Write), files.Count());

    private static async Task<ApiAnswer> Create(
        JsonBody body, Wire wire, Fetcher fetcher, Library library, MediaStore media, CancellationToken cancellationToken)
    {
        if (!Fetcher.TryReadUrl(body.Text("url"), out var url))
            return new ApiAnswer.Error(StatusCodes.Status400BadRequest, "url_required", "url must be an absolute http or https URL.");
        if (body.Text("media_id") is { } mediaId && media.Find(mediaId) is null)
            return ApiAnswer.NotFound("media", mediaId);

        try
        {
            var content = await fetcher.Fetch(url, cancellationToken);
            var path = FilePath.Of(body.Text("folder"), body.Text("filename") ?? Uri.UnescapeDataString(url.Segments[^1]));
            var details = new SourceDetails(body.Text("media_id"), body.Text("ref"), body.Object("metadata"));
            return ApiAnswer.Created(wire.Write(await library.AddSource(path, content, details, cancellationToken)));
        }
        catch (TaskProblem problem)
        {
            return new ApiAnswer.Error(StatusCodes.Status400BadRequest, "invalid_input", problem.Message);
        }
    }

    private static ApiAnswer Get(string id, Wire wire, FileStore files) =>
        files.Find(id) is { } file ? ApiAnswer.Ok(wire.Write(file)) : ApiAnswer.NotFound("file", id);

    private static ApiAnswer Change(string id, JsonBody body, Wire wire, FileStore files, TimeProvider clock)
    {
        if (files.Find(id) is not { } file)
            return ApiAnswer.NotFound("file", id);
        if (body.Value is null)
            return JsonBody.Invalid;

        var path = FilePath.Of(body.Text("folder") ?? file.Folder, body.Text("filename") ?? file.Filename);
        file = file with
        {
            Folder = path.Folder,
            Filename = path.Filename,
            Ref = body.Text("ref") ?? file.Ref,
            Metadata = body.Object("metadata") ?? file.Metadata,
            Updated = clock.GetUtcNow(),
        };
        files.Save(file);
        return ApiAnswer.Ok(wire.Write(file));
    }

    private static ApiAnswer Delete(string id, FileStore files, Library library)
    {
        if (files.Find(id) is not { } file)
            return ApiAnswer.NotFound("file", id);

        library.Delete(file);
        return ApiAnswer.Deleted(id);
    }
}
