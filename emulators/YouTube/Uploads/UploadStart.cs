using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Podcast.Emulators.YouTube.Uploads;

/// <summary>Begins uploads in the forms of <c>uploadType</c>: <c>resumable</c>, <c>multipart</c> and <c>media</c>.</summary>
internal sealed class UploadStart(
    UploadSessions sessions, ResumableUploads resumable, UploadFiles files, YouTubeChaos chaos, IOptions<YouTubeEmulatorOptions> options)
{
    public Task<IResult> Put(HttpContext http, IUploadTarget? update)
    {
        if (ResumableUploads.IsSessionUri(http.Request))
            return Unlimited(http, () => resumable.Put(http));
        return update is null ? Task.FromResult<IResult>(GoogleError.BadRequest("The request has no upload_id.")) : Begin(http, update);
    }

    public async Task<IResult> Begin(HttpContext http, IUploadTarget target)
    {
        var parts = Array.Empty<string>();
        if (target.Method != ApiMethod.ThumbnailsSet && Parts.Read(http.Request, out parts) is { } refusal)
            return refusal;

        UploadRequest Request(JsonObject? metadata, string? type)
        {
            var caller = Caller.Of(http);
            return new UploadRequest(
                caller.Project, caller.ChannelId!, metadata, parts, http.Request.Query["videoId"], type ?? "application/octet-stream");
        }

        return http.Request.Query["uploadType"].ToString() switch
        {
            "resumable" => StartSession(
                http, target, Request((await JsonBody.BindAsync(http)).Value, http.Request.Headers["X-Upload-Content-Type"])),
            "multipart" => await Unlimited(http, () => ReadMultipart(http, target, Request)),
            _ => await Unlimited(
                http, () => Receive(target, Request(null, http.Request.ContentType), http.Request.Body, http.RequestAborted)),
        };
    }

    private IResult StartSession(HttpContext http, IUploadTarget target, UploadRequest request)
    {
        if (target.Check(request) is { } refusal)
            return refusal;
        long? total = long.TryParse(http.Request.Headers["X-Upload-Content-Length"], out var length) ? length : null;
        if (total > target.MaxBytes)
            return GoogleError.UploadTooLarge;
        if (chaos.Next("session").Hit(chaos.Dial.SessionConflictPercent, "session_conflict"))
            return new GoogleError(409, "alreadyExists", "The upload session could not be started. Please try again.");

        var session = sessions.Start(target, request, total);
        var root = options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{http.Request.Scheme}://{http.Request.Host}";
        var uri = root + http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        http.Response.Headers.Location = QueryHelpers.AddQueryString(uri, "upload_id", session.Id);
        http.Response.Headers["X-GUploader-UploadID"] = session.Id;
        return Results.Ok();
    }

    /// <summary>Reads a <c>multipart/related</c> body: the resource as JSON, then the media.</summary>
    private async Task<IResult> ReadMultipart(HttpContext http, IUploadTarget target, Func<JsonObject?, string?, UploadRequest> request)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return GoogleError.BadRequest("The body must be multipart/related.");

        var reader = new MultipartReader(boundary, http.Request.Body);
        try
        {
            var metadata = await reader.ReadNextSectionAsync(http.RequestAborted) is { } first
                ? await JsonNode.ParseAsync(first.Body, cancellationToken: http.RequestAborted) as JsonObject
                : null;
            return await reader.ReadNextSectionAsync(http.RequestAborted) is { } media
                ? await Receive(target, request(metadata, media.ContentType), media.Body, http.RequestAborted)
                : GoogleError.MediaBodyRequired;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return new GoogleError(400, "parseError", "The multipart body cannot be read.");
        }
    }

    private async Task<IResult> Receive(IUploadTarget target, UploadRequest request, Stream media, CancellationToken cancellationToken)
    {
        if (target.Check(request) is { } refusal)
            return refusal;
        var session = sessions.Start(target, request, total: null);
        var appended = await files.Append(session.Id, stored: 0, media, skip: 0, limit: long.MaxValue, cancellationToken);
        if (appended.IsBroken)
            return sessions.Expire(session);
        session = sessions.Note(session, appended.Sent, new ReceivedBytes(From: 0, appended.Sent, appended.Written, Repeated: 0));
        return await sessions.Finish(session, StatusCodes.Status200OK, CancellationToken.None);
    }

    private static Task<IResult> Unlimited(HttpContext http, Func<Task<IResult>> read)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        return read();
    }
}
