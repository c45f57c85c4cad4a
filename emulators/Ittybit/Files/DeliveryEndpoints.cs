using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Podcast.Emulators.Ittybit.Api;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Emulators.Ittybit.Signatures;
using Podcast.Emulators.Ittybit.State;

namespace Podcast.Emulators.Ittybit.Files;

/// <summary>
/// The host that files are put to and got from (<c>you.ittybit.net</c> of the real one): PUT whole or in ranges with a signed
/// URL or an API key; GET and HEAD with ranges.
/// </summary>
internal static class DeliveryEndpoints
{
    public static void MapDelivery(this IEndpointRouteBuilder app)
    {
        app.MapPut("/{**path}", Put);
        app.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], Get);
    }

    private static async Task<IResult> Put(
        string path, HttpRequest request, UrlContext voice, UrlSignatures signatures, ApiKeys keys, Intake intake, RangeUploads uploads, Library library,
        FileWire wire, IOptions<IttybitEmulatorOptions> options, CancellationToken cancellationToken)
    {
        if (Refusal(path, request, signatures, keys) is { } refusal)
            return Answer(refusal, voice, request);
        if (!ContentRange.TryRead(request.Headers.ContentRange, out var range))
            return Answer(ApiAnswer.Invalid("Content-Range must look like bytes 0-99/200."), voice, request);
        if ((range?.Total ?? request.ContentLength) > options.Value.MaxUploadBytes)
            return Answer(TooBig(options.Value), voice, request);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null; // ours is counted while reading

        if (range is { } part)
        {
            var received = await uploads.Receive(path, request.QueryString.Value ?? "", part, request.Body, cancellationToken);
            return received switch
            {
                { Problem: { } problem } => Answer(problem, voice, request),
                { File: { } complete } => Answer(ApiAnswer.Created(wire.Write(complete, voice)), voice, request),
                _ => Answer(Partial(received.Bytes, part.Total), voice, request),
            };
        }

        if (await intake.Receive(request.Body, cancellationToken) is not { } content)
            return Answer(TooBig(options.Value), voice, request);

        var file = await library.AddSource(FilePath.Of(path), content, default, cancellationToken);
        return Answer(ApiAnswer.Created(wire.Write(file, voice)), voice, request);
    }

    private static ApiAnswer? Refusal(string path, HttpRequest request, UrlSignatures signatures, ApiKeys keys) => ApiKeys.Of(request) is null
        ? signatures.Refusal(path, "put", request.Query) is { } why ? new ApiAnswer.Error(StatusCodes.Status403Forbidden, "signature_invalid", why) : null
        : keys.Refusal(request);

    private static ApiAnswer.Error TooBig(IttybitEmulatorOptions options) =>
        new(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"A file may have {options.MaxUploadBytes} bytes.");

    private static ApiAnswer.One Partial(long received, long total) =>
        new(StatusCodes.Status202Accepted, new JsonObject { ["status"] = "partial", ["received"] = received, ["total"] = total });

    private static IResult Get(string path, HttpRequest request, UrlContext voice, FileStore files, EmulatorDirectory directory, UrlSignatures signatures, ChaosControl chaos)
    {
        if (files.At(path) is not { } file)
            return Answer(ApiAnswer.NotFound("file", path), voice, request);

        var signed = request.Query.ContainsKey("signature") || (chaos.Dial.OutputUrlSeconds > 0 && file.IsOutput);
        if (signed && signatures.Refusal(path, "get", request.Query) is { } why)
            return Answer(new ApiAnswer.Error(StatusCodes.Status403Forbidden, "signature_invalid", why), voice, request);

        return TypedResults.PhysicalFile(
            directory.Blob(file.Blob), file.Type, lastModified: file.Created, entityTag: new EntityTagHeaderValue($"\"{file.Id}\""), enableRangeProcessing: true);
    }

    private static FinalAnswer.Json Answer(ApiAnswer answer, UrlContext voice, HttpRequest request) =>
        new(answer.Status, Envelope.Wrap(answer, voice.Dialect, request), Fault: null, TaskId: null);
}
