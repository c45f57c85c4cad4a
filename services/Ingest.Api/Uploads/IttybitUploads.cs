namespace Podcast.Ingest.Api.Uploads;

/// <summary>Asks Ittybit for upload addresses, and whether it has the file that an owner confirms.</summary>
internal sealed class IttybitUploads(
    IIttybitApi ittybit, IOptionsMonitor<UploadOptions> options, TimeProvider clock, ILogger<IttybitUploads> logger)
{
    /// <summary>Also the answer for another owner's file, because all owners share one Ittybit project.</summary>
    public static ProblemHttpResult UnknownFile => RefuseFile("is unknown to Ittybit.");

    /// <summary>Gets a signed address. Folder and file name are generated: no user's text gets into a path.</summary>
    public async Task<Outcome<UploadAddress>> Sign(Posted<PrepareUpload> posted, Guid episodeId, CancellationToken cancellationToken)
    {
        var folder = $"episodes/{episodeId}";
        var filename = "source" + Extension(posted.Body.Filename);
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
            return Refuse(IttybitFailure.Of(exception, clock), posted.Http);
        }
    }

    /// <summary>The file as Ittybit describes it, or the refusal; neither, if Ittybit does not answer in time.</summary>
    public async Task<Outcome<IttybitFile>> Find(string fileId, Guid episodeId, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.CurrentValue.CheckTimeout, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var file = await ittybit.GetFile(fileId, patience.Token);
            return file.Status is "failed" or "error" ? RefuseFile("is a file that Ittybit could not read.") : file;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = IttybitFailure.Of(exception, clock);
            if (failure.Kind == IttybitFailureKind.Final)
                return UnknownFile;

            // Accept the file unchecked: processing asks Ittybit again, and can wait until it answers.
            logger.UploadNotChecked(episodeId, failure.Message);
            return new Outcome<IttybitFile>(null, null);
        }
    }

    private ProblemHttpResult Refuse(IttybitFailure failure, HttpContext http)
    {
        logger.UploadNotSigned(failure.Message);
        if (failure.Kind == IttybitFailureKind.Final)
            return TypedResults.Problem(
                statusCode: StatusCodes.Status502BadGateway, title: "Ittybit refuses", detail: "Ittybit gives no address for an upload.");

        var wait = failure.RetryAfter is { } asked ? Math.Clamp((int)Math.Ceiling(asked.TotalSeconds), 1, 3600) : 30;
        http.Response.Headers.RetryAfter = $"{wait}";
        return TypedResults.Problem(
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Ittybit is away",
            detail: $"Ittybit gives no address for an upload just now. Try again in {wait} s; nothing was made.");
    }

    private static ProblemHttpResult RefuseFile(string why) => Refusals.Unprocessable("No such upload", ConfirmUpload.Field, why);

    private static string Extension(string filename)
    {
        var extension = Path.GetExtension(filename).ToLowerInvariant();
        return extension.Length is > 1 and <= 9 && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension : "";
    }
}
