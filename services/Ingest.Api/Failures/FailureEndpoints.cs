namespace Podcast.Ingest.Api.Failures;

/// <summary>Shows failed and held episodes by cause, and retries those of a cause together.</summary>
internal static class FailureEndpoints
{
    private const int Examples = 50;

    public static void MapFailures(this RouteGroupBuilder failures)
    {
        failures.MapGet("/", List).WithSummary("Why your episodes failed or are held, by cause")
            .WithDescription("A cause is the step, the provider's code, and the message without what differs between episodes.");
        failures.MapGet("/{cause}", Show).WithSummary($"A cause with its newest {Examples} episodes");
        failures.MapPost("/{cause}/retry", Retry).WithSummary("Retry all episodes of a cause, or the newest of them")
            .WithDescription("They are retried in the background, each once: the answer is the job, which tells what became of each.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        failures.MapGet("/jobs", Jobs).WithSummary("Your newest jobs");
        failures.MapGet("/jobs/{id:guid}", Job).WithSummary("A job, with what became of each episode")
            .WithDescription(
                $"`limit` episodes, at most {RetryJobs.MostItems}, in the order of their ids after the one that `after` names.");
    }

    private static async Task<Ok<FailuresView>> List(Owner owner, FailureReader failures, CancellationToken cancellationToken) =>
        TypedResults.Ok(new FailuresView(
        [
            .. (await failures.All(owner, cancellationToken)).GroupBy(episode => episode.Cause.Id)
                .Select(group => CauseView.Of([.. group], examples: 0))
                .OrderByDescending(cause => cause.Count).ThenByDescending(cause => cause.LastAt),
        ]));

    private static async Task<Results<Ok<CauseView>, NotFound>> Show(
        Owner owner, string cause, FailureReader failures, CancellationToken cancellationToken) =>
        (await failures.All(owner, cancellationToken)).FindAll(episode => episode.Cause.Id == cause) is { Count: > 0 } episodes
            ? TypedResults.Ok(CauseView.Of(episodes, Examples))
            : TypedResults.NotFound();

    private static async Task<Results<Accepted<RetryJobView>, ProblemHttpResult>> Retry(
        string cause, Posted<RetryCauseRequest> posted, RetryJobs jobs, CancellationToken cancellationToken)
    {
        var outcome = await jobs.Start(posted, cause, cancellationToken);
        return outcome.Answer is { } job
            ? TypedResults.Accepted($"{posted.Http.Request.PathBase}/failures/jobs/{job.Id}", job)
            : outcome.Refusal!;
    }

    private static async Task<Ok<RetryJobsView>> Jobs(Owner owner, RetryJobs jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RetryJobsView(await jobs.Newest(owner, cancellationToken)));

    private static async Task<Results<Ok<RetryJobView>, NotFound, ValidationProblem>> Job(
        Owner owner, Guid id, RetryJobs jobs, CancellationToken cancellationToken, Guid? after = null, int limit = RetryJobs.MostItems) =>
        limit is < 1 or > RetryJobs.MostItems ? RequestJson.Invalid("limit", $"must be 1 to {RetryJobs.MostItems}.")
        : await jobs.Find(owner, id, after, limit, cancellationToken) is { } job ? TypedResults.Ok(job) : TypedResults.NotFound();
}
