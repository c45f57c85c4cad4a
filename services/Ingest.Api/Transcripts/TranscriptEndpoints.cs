namespace Podcast.Ingest.Api.Transcripts;

/// <summary>A transcript as JSON.</summary>
/// <param name="Language">ISO 639-1; null if unknown.</param>
/// <param name="Lines">In order of time; empty if the transcript has no times.</param>
internal sealed record TranscriptView(string? Language, string Text, IReadOnlyList<TranscriptLine> Lines);

internal static class TranscriptEndpoints
{
    public static void MapTranscripts(this RouteGroupBuilder episodes) =>
        episodes.MapGet("/{id:guid}/transcript", Show)
            .WithSummary("The transcript: plain text, JSON with times, or WebVTT")
            .WithDescription("Chosen by `format` (text, json, vtt) or the `Accept` header.")
            .Produces(StatusCodes.Status200OK, contentType: "text/plain", additionalContentTypes: ["text/vtt"])
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);

    private static async Task<Results<ContentHttpResult, Ok<TranscriptView>, ValidationProblem, ProblemHttpResult>> Show(
        Guid id, Owner owner, HttpContext http, IngestDb db, string? format, CancellationToken cancellationToken)
    {
        if (format is not (null or TranscriptFormats.Text or TranscriptFormats.Json or TranscriptFormats.Vtt))
            return RequestJson.Invalid("format", "must be one of text, json, vtt.");
        format ??= TranscriptFormats.OfAccept(http.Request.Headers.Accept);
        if (format is null)
            return Refuse(StatusCodes.Status406NotAcceptable, "A transcript comes as text/plain, application/json, text/vtt.");

        if (!await db.Episodes.AnyAsync(e => e.Id == id && e.UserId == owner.Id, cancellationToken))
            return Refusals.NoSuchEpisode;
        if (await db.Transcripts.AsNoTracking().SingleOrDefaultAsync(t => t.EpisodeId == id, cancellationToken) is not { } transcript)
            return Refuse(StatusCodes.Status404NotFound, "This episode has no transcript, or not yet.");

        // The text is not ours: "nosniff" keeps browsers from interpreting it as another type, such as HTML.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.Vary = "Accept";
        if (format == TranscriptFormats.Text)
            return TypedResults.Text(transcript.Text, "text/plain; charset=utf-8");

        var lines = JsonSerializer.Deserialize<TranscriptLine[]>(transcript.Lines)!;
        if (format == TranscriptFormats.Json)
            return TypedResults.Ok(new TranscriptView(transcript.Language, transcript.Text, lines));

        return lines.Length == 0 && transcript.Text.Length > 0
            ? Refuse(StatusCodes.Status406NotAcceptable, "This transcript has no times: ask for text.")
            : TypedResults.Text(WebVtt.Write(lines), "text/vtt; charset=utf-8");
    }

    private static ProblemHttpResult Refuse(int status, string why) => TypedResults.Problem(statusCode: status, detail: why);
}
