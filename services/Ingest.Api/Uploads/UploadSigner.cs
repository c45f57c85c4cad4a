using System.Buffers;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Gets a signed upload address from Ittybit. Folder and file name are generated: no user's text gets into a path.
/// </summary>
internal sealed class UploadSigner(
    IIttybitApi ittybit,
    IHttpContextAccessor http,
    IOptionsMonitor<UploadOptions> options,
    TimeProvider clock,
    ILogger<UploadSigner> logger)
{
    private static readonly SearchValues<char> letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    public async Task<Outcome<UploadAddress>> Sign(Guid episodeId, string originalFilename, CancellationToken cancellationToken)
    {
        var folder = $"episodes/{episodeId}";
        var filename = "source" + Extension(originalFilename);
        var expiry = clock.GetUtcNow() + options.CurrentValue.AddressLifetime;
        try
        {
            var signature = await ittybit.CreateSignature(
                new SignatureRequest { Folder = folder, Filename = filename, Method = "put", Expiry = expiry.ToUnixTimeSeconds() },
                cancellationToken);

            return new UploadAddress(
                signature.Url,
                (signature.Method ?? "put").ToUpperInvariant(),
                DateTimeOffset.FromUnixTimeSeconds(signature.Expiry ?? expiry.ToUnixTimeSeconds()).UtcDateTime,
                signature.Folder ?? folder,
                signature.Filename ?? filename);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Refuse(IttybitFailure.Of(exception, clock));
        }
    }

    private ProblemHttpResult Refuse(IttybitFailure failure)
    {
        logger.UploadNotSigned(failure.Message);
        if (failure.Kind == IttybitFailureKind.Final)
            return TypedResults.Problem(
                statusCode: StatusCodes.Status502BadGateway, title: "Ittybit refuses", detail: "Ittybit gives no address for an upload.");

        var wait = failure.RetryAfter is { } asked ? Math.Clamp((int)Math.Ceiling(asked.TotalSeconds), 1, 3600) : 30;
        http.HttpContext!.Response.Headers.RetryAfter = $"{wait}";
        return TypedResults.Problem(
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Ittybit is away",
            detail: $"Ittybit gives no address for an upload just now. Try again in {wait} s; nothing was made.");
    }

    private static string Extension(string filename)
    {
        var extension = Path.GetExtension(filename).ToLowerInvariant();
        return extension.Length is > 1 and <= 9 && extension.AsSpan(1).IndexOfAnyExcept(letters) < 0 ? extension : "";
    }
}
