namespace Podcast.Ingest.Api.Uploads;

/// <summary>Accepts episodes: by an upload to Ittybit in two steps, or by the address of a video.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this RouteGroupBuilder episodes)
    {
        episodes.MapPost("/prepare-upload", Prepare).WithSummary("Make an episode and get the address for its upload")
            .WithDescription("PUT the raw video to `upload.url`, then confirm with the file id that Ittybit answers.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        episodes.MapPost("/{id:guid}/confirm-upload", Confirm).WithSummary("The upload is complete: start on the episode")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        episodes.MapPost("/", Submit).WithSummary("Make an episode of a video at a public address")
            .WithDescription("422 when the address's host does not exist or is not on the public Internet.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Results<Created<PreparedUpload>, ProblemHttpResult>> Prepare(
        Posted<PrepareUpload> posted, EpisodeIntake intake, CancellationToken cancellationToken)
    {
        var outcome = await intake.Prepare(posted, cancellationToken);
        return outcome.Answer is { } made ? TypedResults.Created(posted.LocationOf(made.Id), made) : outcome.Refusal!;
    }

    private static async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Confirm(
        Guid id, Posted<ConfirmUpload> posted, EpisodeIntake intake, CancellationToken cancellationToken) =>
        posted.Accepted(await intake.Confirm(posted, id, cancellationToken));

    private static async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Submit(
        Posted<SubmitEpisode> posted, EpisodeIntake intake, CancellationToken cancellationToken) =>
        posted.Accepted(await intake.Submit(posted, cancellationToken));
}
