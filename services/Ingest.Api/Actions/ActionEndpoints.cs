namespace Podcast.Ingest.Api.Actions;

/// <summary>Commands of an owner for an episode: retry, cancel, resume, republish.</summary>
internal static class ActionEndpoints
{
    public static void MapActions(this RouteGroupBuilder episodes)
    {
        var actions = episodes.MapGroup("/{id:guid}")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        actions.MapPost("/retry", Retry).WithSummary("Try failed tasks again, or waiting ones now")
            .WithDescription(
                "A held episode goes back to what it was held for; a task that Ittybit lost is made anew. `now` also ends waits: of tasks for "
                + "their next attempt, of a completing episode for the next try at its transcript and the look at its outputs.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        actions.MapPost("/cancel", Cancel).WithSummary("Do no more work on the episode");
        actions.MapPost("/resume", Resume).WithSummary("Let a held episode go on as it is");
        actions.MapPost("/republish", Republish).WithSummary("Have what is shown of the episode told once more")
            .WithDescription("For an episode whose status stays behind since messages were lost. An operator can ask it for anybody's.");
    }

    private static async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Retry(
        Guid id, Body<RetryRequest> body, Owner owner, HttpContext http, EpisodeActions actions, CancellationToken cancellationToken)
    {
        var key = RequestKey.Of(http.Request, owner, body.Request);
        return (await actions.Retry(owner, key, id, body.Request, cancellationToken)).Accepted(http);
    }

    private static async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Cancel(
        Guid id, Body<ActionRequest> body, Owner owner, HttpContext http, EpisodeActions actions, CancellationToken cancellationToken)
    {
        var key = RequestKey.Of(http.Request, owner, body.Request);
        return (await actions.Cancel(owner, key, id, body.Request, cancellationToken)).Accepted(http);
    }

    private static async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Resume(
        Guid id, Body<ActionRequest> body, Owner owner, HttpContext http, EpisodeActions actions, CancellationToken cancellationToken)
    {
        var key = RequestKey.Of(http.Request, owner, body.Request);
        return (await actions.Resume(owner, key, id, body.Request, cancellationToken)).Accepted(http);
    }

    private static async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Republish(
        Guid id, Body<ActionRequest> body, Owner owner, HttpContext http, EpisodeActions actions, CancellationToken cancellationToken)
    {
        var key = RequestKey.Of(http.Request, owner, body.Request);
        return (await actions.Republish(owner, http.User.IsOperator(), key, id, body.Request, cancellationToken)).Accepted(http);
    }
}
