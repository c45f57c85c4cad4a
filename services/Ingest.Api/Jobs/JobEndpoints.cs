namespace Podcast.Ingest.Api.Jobs;

/// <summary>Starts and shows jobs, which do the same with many episodes.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder jobs)
    {
        jobs.MapGet("/", List).WithSummary("Your newest jobs");
        jobs.MapPost("/", Start).WithSummary("Retry, resume or cancel all your episodes that match")
            .WithDescription(
                $"At most {EpisodeJobs.MostEpisodes} at once, each once, in the background: the answer is the job, which tells what became "
                + "of each. Which episodes it is is decided now: those that match later are not part of it.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        jobs.MapGet("/{id:guid}", Show).WithSummary("A job, with what became of each episode")
            .WithDescription(
                $"`limit` episodes, at most {EpisodeJobs.MostItems}, in the order of their ids after the one that `after` names.");
    }

    private static async Task<Ok<JobsView>> List(Owner owner, EpisodeJobs jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(new JobsView(await jobs.Newest(owner, cancellationToken)));

    private static async Task<Results<Accepted<JobView>, ValidationProblem, ProblemHttpResult>> Start(
        Posted<StartJobRequest> posted, EpisodeJobs jobs, CancellationToken cancellationToken)
    {
        var action = JobAction.Of(posted.Body.Action);
        if (!action.Statuses.Contains(posted.Body.Status))
            return RequestJson.Invalid("status", $"must be one of {string.Join(", ", action.Statuses)}, to {action.Name} its episodes.");

        var outcome = await jobs.Start(posted, action, cancellationToken);
        return outcome.Answer is { } job
            ? TypedResults.Accepted($"{posted.Http.Request.PathBase}/jobs/{job.Id}", job)
            : outcome.Refusal!;
    }

    private static async Task<Results<Ok<JobView>, NotFound, ValidationProblem>> Show(
        Owner owner, Guid id, EpisodeJobs jobs, CancellationToken cancellationToken, Guid? after = null,
        int limit = EpisodeJobs.MostItems) =>
        limit is < 1 or > EpisodeJobs.MostItems ? RequestJson.Invalid("limit", $"must be 1 to {EpisodeJobs.MostItems}.")
        : await jobs.Find(owner, id, after, limit, cancellationToken) is { } job ? TypedResults.Ok(job) : TypedResults.NotFound();
}
