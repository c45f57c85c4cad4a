namespace Podcast.Ingest.Api.Actions;

/// <summary>The body of <c>POST /episodes/{id}/cancel</c>, <c>/resume</c> and <c>/republish</c>; optional.</summary>
/// <param name="Why">The reason, stored in the history; at most 500 characters.</param>
internal sealed record ActionRequest([property: MaxLength(500), PlainText] string? Why = null);

/// <summary>The body of <c>POST /episodes/{id}/retry</c>; without a body, every failed task is retried.</summary>
/// <param name="Tasks">The tasks to retry; null means every failed one.</param>
/// <param name="Now">
/// True also ends waits: of tasks for their next attempt, of a completing episode for the next check of its outputs.
/// </param>
/// <param name="Why">The reason, stored in the history; at most 500 characters.</param>
internal sealed record RetryRequest(
    [property: MinLength(1), TaskNames] IReadOnlyList<string>? Tasks = null, bool? Now = null,
    [property: MaxLength(500), PlainText] string? Why = null);

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
                "A held episode goes back to what it was held for; a task that Ittybit lost is made anew. `now` also ends waits: of tasks "
                + "for their next attempt, of a completing episode for the next try at its transcript and the look at its outputs.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        actions.MapPost("/cancel", Cancel).WithSummary("Do no more work on the episode");
        actions.MapPost("/resume", Resume).WithSummary("Let a held episode go on as it is");
        actions.MapPost("/republish", Republish).WithSummary("Have what is shown of the episode told once more")
            .WithDescription("For an episode whose status stays behind since messages were lost. An operator can ask it for anybody's.");
    }

    private static Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Retry(
        Guid id, Posted<RetryRequest> posted, EpisodeActions actions, CancellationToken cancellationToken)
    {
        var (kinds, now) = (TaskNames.Kinds(posted.Body.Tasks), posted.Body.Now ?? false);
        return actions.Send(
            posted, id,
            episode => ActionRules.RefuseRetry(episode, kinds, now),
            new RetryEpisode(id, kinds, now, posted.Owner.By, posted.Body.Why),
            cancellationToken,
            once: kinds is not null ? null : now ? "retry_now" : "retry");
    }

    private static Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Cancel(
        Guid id, Posted<ActionRequest> posted, EpisodeActions actions, CancellationToken cancellationToken) =>
        actions.Send(
            posted, id, ActionRules.RefuseCancel, new CancelEpisode(id, posted.Owner.By, posted.Body.Why), cancellationToken);

    private static Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Resume(
        Guid id, Posted<ActionRequest> posted, EpisodeActions actions, CancellationToken cancellationToken) =>
        actions.Send(
            posted, id, ActionRules.RefuseResume, new ResumeEpisode(id, posted.Owner.By, posted.Body.Why), cancellationToken);

    private static Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Republish(
        Guid id, Posted<ActionRequest> posted, EpisodeActions actions, CancellationToken cancellationToken) =>
        actions.Send(
            posted, id,
            ActionRules.RefuseRepublish,
            new RepublishEpisode(id, By: posted.Owner.By, Why: posted.Body.Why),
            cancellationToken,
            ofAnybody: posted.Http.User.IsOperator());
}
