namespace Podcast.Ingest.Api.Transcripts;

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
        var wanted = format is null ? TranscriptFormats.OfAccept(http.Request.Headers.Accept) : TranscriptFormats.OfWord(format);
        if (wanted is null && format is not null)
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { ["format"] = [$"must be one of {TranscriptFormats.Words}."] });
        if (wanted is null)
            return TypedResults.Problem(
                statusCode: StatusCodes.Status406NotAcceptable, detail: $"A transcript comes as {TranscriptFormats.Types}.");

        if (!await db.Episodes.AnyAsync(e => e.Id == id && e.UserId == owner.Id, cancellationToken))
            return Requests.Refusals.NoSuchEpisode;
        if (await db.Transcripts.AsNoTracking().SingleOrDefaultAsync(t => t.EpisodeId == id, cancellationToken) is not { } transcript)
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: "This episode has no transcript, or not yet.");

        // The text is not ours: "nosniff" keeps browsers from interpreting it as another type, such as HTML.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.Vary = "Accept";
        if (wanted == TranscriptFormat.Text)
            return TypedResults.Text(transcript.Text, "text/plain; charset=utf-8");

        var lines = JsonSerializer.Deserialize<TranscriptLine[]>(transcript.Lines)!;
        if (wanted == TranscriptFormat.Json)
            return TypedResults.Ok(new TranscriptView(
                transcript.Language,
                transcript.Text,
                [.. lines.Select(line => new TranscriptLineView(line.Start, line.End, line.Text, line.Speaker))]));

        return lines.Length == 0 && transcript.Text.Length > 0
            ? TypedResults.Problem(statusCode: StatusCodes.Status406NotAcceptable, detail: "This transcript has no times: ask for text.")
            : TypedResults.Text(WebVtt.Write(lines), "text/vtt; charset=utf-8");
    }
}
