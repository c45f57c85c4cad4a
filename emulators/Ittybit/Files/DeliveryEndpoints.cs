using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Podcast.Emulators.Ittybit.Signatures;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>
/// Serves the files host (on the real service <c>you.ittybit.net</c>): PUT of whole files or ranges with a signed URL or an API
/// key; GET and HEAD with ranges.
/// </summary>
internal static class DeliveryEndpoints
{
    public static void MapDelivery(this IEndpointRouteBuilder app)
    {
        app.MapPut("/{**path}", Put);
        app.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], Get);
    }

    private static async Task<ApiAnswer> Put(
        string path, HttpRequest request, UrlContext voice, UrlSignatures signatures, ApiKeys keys, Intake intake, RangeUploads uploads, Library library,
        FileWire wire, IOptions<IttybitEmulatorOptions> options, CancellationToken cancellationToken)
    {
        if (Refusal(path, request, signatures, keys) is { } refusal)
            return refusal;
        if (!ContentRange.TryRead(request.Headers.ContentRange, out var range))
            return ApiAnswer.Invalid("Content-Range must look like bytes 0-99/200.");
        if ((range?.Total ?? request.ContentLength) > options.Value.MaxUploadBytes)
            return TooBig(options.Value);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null; // Intake enforces MaxUploadBytes while reading

        if (range is { } part)
        {
            var received = await uploads.Receive(path, request.QueryString.Value ?? "", part, request.Body, cancellationToken);
            return received switch
            {
                { Problem: { } problem } => problem,
                { File: { } complete } => ApiAnswer.Created(wire.Write(complete, voice)),
                _ => Partial(received.Bytes, part.Total),
            };
        }

        if (await intake.Receive(request.Body, cancellationToken) is not { } content)
            return TooBig(options.Value);

        var file = await library.AddSource(FilePath.Of(path), content, default, cancellationToken);
        return ApiAnswer.Created(wire.Write(file, voice));
    }

    private static ApiAnswer? Refusal(string path, HttpRequest request, UrlSignatures signatures, ApiKeys keys) => ApiKeys.Of(request) is null
        ? signatures.Refusal(path, "put", request.Query) is { } why ? new ApiAnswer.Error(StatusCodes.Status403Forbidden, "signature_invalid", why) : null
        : keys.Refusal(request);

    private static ApiAnswer.Error TooBig(IttybitEmulatorOptions options) =>
        new(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"A file may have {options.MaxUploadBytes} bytes.");

    private static ApiAnswer.One Partial(long received, long total) =>
        new(StatusCodes.Status202Accepted, new JsonObject { ["status"] = "partial", ["received"] = received, ["total"] = total });

    private static object Get(string path, HttpRequest request, FileStore files, EmulatorDirectory directory, UrlSignatures signatures, ChaosControl chaos)
    {
        if (files.At(path) is not { } file)
            return ApiAnswer.NotFound("file", path);

        var signed = request.Query.ContainsKey("signature") || (chaos.Dial.OutputUrlSeconds > 0 && file.IsOutput);
        if (signed && signatures.Refusal(path, "get", request.Query) is { } why)
            return new ApiAnswer.Error(StatusCodes.Status403Forbidden, "signature_invalid", why);

        return TypedResults.PhysicalFile(
            directory.Blob(file.Blob), file.Type, lastModified: file.Created, entityTag: new EntityTagHeaderValue($"\"{file.Id}\""), enableRangeProcessing: true);
    }
}
