using Microsoft.AspNetCore.Http.Features;

namespace Podcast.Emulators.Transistor;

/// <summary>An authorised upload; <paramref name="Received"/> is null until its bytes came.</summary>
internal sealed record AudioUpload(
    string Id, string AudioUrl, string Token, string ContentType, DateTimeOffset ExpiresAt, AudioMeasure? Received = null);

/// <summary>
/// <c>GET /v1/episodes/authorize_upload</c>, and the storage that it sends clients to. As at Transistor, that is another host's
/// protocol: no key, one content type, refusals in XML.
/// </summary>
internal static class AudioUploads
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(600);

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp3"] = "audio/mpeg",
        [".m4a"] = "audio/x-m4a",
        [".wav"] = "audio/x-wav",
        [".aif"] = "audio/x-aiff",
        [".aiff"] = "audio/x-aiff",
        [".aifc"] = "audio/x-aiff",
        [".mp4"] = "video/mp4",
        [".mov"] = "video/quicktime",
    };

    public static void MapAuthorizeUpload(this IEndpointRouteBuilder api) => api.MapGet("/episodes/authorize_upload", Authorize);

    public static void MapStorage(this IEndpointRouteBuilder root) =>
        root.MapPut("/storage/{id}/{name}", Receive).AddEndpointFilter<TransistorFaults>();

    private static IResult Authorize(
        Parameters parameters, Documents<AudioUpload> uploads, TransistorAddresses addresses, HttpRequest request, TimeProvider clock)
    {
        if (parameters["filename"] is not { Length: > 0 } filename)
            return TransistorAnswer.Invalid("Filename can't be blank");
        if (!Types.TryGetValue(Path.GetExtension(filename), out var type))
            return TransistorAnswer.Invalid("Filename has a format that is not supported");

        var (id, token) = (uploads.NextId(), RandomNumberGenerator.GetHexString(32, lowercase: true));
        var audioUrl = $"{addresses.Base(request)}/storage/{id}/{Uri.EscapeDataString(Path.GetFileName(filename))}";
        uploads.Save(id, new AudioUpload(id, audioUrl, token, type, clock.GetUtcNow() + Life));
        return TransistorAnswer.Json(JsonApi.One(new JsonApi.Resource("audio_upload", id, new JsonObject
        {
            ["upload_url"] = $"{audioUrl}?X-Amz-Expires={Life.TotalSeconds}&X-Amz-Signature={token}",
            ["content_type"] = type,
            ["expires_in"] = (int)Life.TotalSeconds,
            ["audio_url"] = audioUrl,
        }), parameters));
    }

    private static async Task<IResult> Receive(
        string id, HttpRequest request, Documents<AudioUpload> uploads, IOptions<TransistorEmulatorOptions> options, TimeProvider clock)
    {
        if (uploads.Find(id) is not { } upload || request.Query["X-Amz-Signature"] != upload.Token)
            return Refusal(StatusCodes.Status403Forbidden, "SignatureDoesNotMatch");
        if (clock.GetUtcNow() >= upload.ExpiresAt)
            return Refusal(StatusCodes.Status403Forbidden, "AccessDenied");
        if (request.ContentType != upload.ContentType)
            return Refusal(StatusCodes.Status403Forbidden, "SignatureDoesNotMatch");

        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        if (await AudioMeasure.Of(request.Body, options.Value.MaxUploadBytes, request.HttpContext.RequestAborted) is not { } received)
            return Refusal(StatusCodes.Status400BadRequest, "EntityTooLarge");
        uploads.Save(id, upload with { Received = received });
        return Results.Ok();
    }

    private static IResult Refusal(int status, string code) => Results.Text(
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code></Error>", "application/xml", Encoding.UTF8, status);
}
