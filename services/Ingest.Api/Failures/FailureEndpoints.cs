using Podcast.Ingest.Api.Jobs;

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
    }

    private static async Task<Ok<FailuresView>> List(Owner owner, FailureReader failures, CancellationToken cancellationToken)
    {
        var causes = new Dictionary<string, CauseView>();
        await foreach (var episode in failures.All(owner).WithCancellation(cancellationToken))
            causes[episode.Cause.Id] = CauseView.Of(episode, causes.GetValueOrDefault(episode.Cause.Id));
        return TypedResults.Ok(new FailuresView(
            [.. causes.Values.OrderByDescending(cause => cause.Count).ThenByDescending(cause => cause.LastAt)]));
    }

    private static async Task<Results<Ok<CauseView>, NotFound>> Show(
        Owner owner, string cause, FailureReader failures, CancellationToken cancellationToken)
    {
        var (view, newest) = ((CauseView?)null, new List<FailedEpisodeView>());
        await foreach (var episode in failures.Of(owner, cause).WithCancellation(cancellationToken))
        {
            view = CauseView.Of(episode, view);
            if (newest.Count < Examples)
                newest.Add(FailedEpisodeView.Of(episode));
        }

        return view is null ? TypedResults.NotFound() : TypedResults.Ok(view with { Episodes = newest });
    }

    private static async Task<Results<Accepted<JobView>, ProblemHttpResult>> Retry(
        string cause, Posted<RetryCauseRequest> posted, EpisodeJobs jobs, CancellationToken cancellationToken)
    {
        var outcome = await jobs.Retry(posted, cause, cancellationToken);
        return outcome.Answer is { } job
            ? TypedResults.Accepted($"{posted.Http.Request.PathBase}/jobs/{job.Id}", job)
            : outcome.Refusal!;
    }
}
