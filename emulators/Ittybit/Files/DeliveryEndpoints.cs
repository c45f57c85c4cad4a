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
        app.MapMethods("/{**path}", [HttpMethods.Options], BrowserUploads.Preflight);
        app.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], Get);
    }

    private static async Task<ApiAnswer> Put(
        string path, HttpRequest request, Wire wire, UrlSignatures signatures, ApiKeys keys, Intake intake, RangeUploads uploads,
        Library library, IOptions<IttybitEmulatorOptions> options, CancellationToken cancellationToken)
    {
        var refusal = ApiKeys.Of(request) is null ? SignatureRefusal(path, request, signatures, "put") : keys.Refusal(request);
        if (refusal is not null)
            return refusal;
        if (!ContentRange.TryRead(request.Headers.ContentRange, out var range))
            return ApiAnswer.Invalid("Content-Range must look like bytes 0-99/200.");
        if ((range?.Total ?? request.ContentLength) > options.Value.MaxUploadBytes)
            return TooBig(options.Value);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null; // Intake enforces MaxUploadBytes while reading

        if (range is { } part)
            return await uploads.Receive(path, request.QueryString.Value ?? "", part, request.Body, wire, cancellationToken);

        return await intake.Receive(request.Body, cancellationToken) is { } content
            ? ApiAnswer.Created(wire.Write(await library.AddSource(FilePath.Of(path), content, default, cancellationToken)))
            : TooBig(options.Value);
    }

    private static ApiAnswer.Error? SignatureRefusal(string path, HttpRequest request, UrlSignatures signatures, string method) =>
        signatures.Refusal(path, method, request.Query) is { } why
            ? new ApiAnswer.Error(StatusCodes.Status403Forbidden, "signature_invalid", why)
            : null;

    private static ApiAnswer.Error TooBig(IttybitEmulatorOptions options) =>
        new(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"A file may have {options.MaxUploadBytes} bytes.");

    private static object Get(
        string path, HttpRequest request, FileStore files, EmulatorDirectory directory, UrlSignatures signatures, ChaosControl chaos)
    {
        if (files.At(path) is not { } file)
            return ApiAnswer.NotFound("file", path);

        var isSigned = request.Query.ContainsKey("signature") || (chaos.Dial.OutputUrlSeconds > 0 && file.IsOutput);
        if (isSigned && SignatureRefusal(path, request, signatures, "get") is { } refusal)
            return refusal;

        var tag = new EntityTagHeaderValue($"\"{file.Id}\"");
        return TypedResults.PhysicalFile(
            directory.Blob(file.Blob), file.Type, lastModified: file.Created, entityTag: tag, enableRangeProcessing: true);
    }
}
